"""Streams, their numbered entries, and the acts that were already done."""

import secrets

from django.db import models

from dialogue.accounts.models import User


def new_epoch() -> str:
    return secrets.token_hex(4)


class Stream(models.Model):
    """One numbered sequence. ``epoch`` changes when positions lose their meaning (a restore)."""

    name = models.CharField(max_length=120, unique=True)
    epoch = models.CharField(max_length=16, default=new_epoch)
    position = models.PositiveBigIntegerField(default=0, db_default=0)
    floor = models.PositiveBigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """What happened: ids, never prose. ``refs`` names the things; ``actor`` who did it, if anyone."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries")
    position = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    refs = models.JSONField(default=dict)
    happened_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("stream", "position"), name="journal_one_entry_a_position"),
        )
        indexes = (models.Index(fields=("kind", "happened_at")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"


class Act(models.Model):
    """A person's act with a key: the same key again gives the same answer, for ever (I4)."""

    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.UUIDField()
    content_mac = models.CharField(max_length=64)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="+")
    position = models.PositiveBigIntegerField()
    thing = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("author", "key"), name="journal_one_act_a_key"),)

    def __str__(self) -> str:
        return str(self.key)
