"""The link in a letter that asks for a new password, as the demonstration needs it."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class LinksThatOutliveSigningIn(PasswordResetTokenGenerator):
    """Elsewhere a sign-in ends such links. Here one signs in to read the letter, which is the way to them."""

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: Any) -> str:
        return f"{user.pk}{user.password}{timestamp}{user.get_username()}"
