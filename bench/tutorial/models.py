"""One row a message, for the variant that keeps them."""

from django.db import models


class Message(models.Model):
    room = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.room
