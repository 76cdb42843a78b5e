"""allauth's forms, as strict as our own; ``ACCOUNT_FORMS`` names them."""

from typing import Any

from allauth.account import forms as theirs
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dialogue.accounts.models import User
from dialogue.text.forms import StrictForm


class SignIn(StrictForm, theirs.LoginForm):  # type: ignore[misc]
    pass


class SignUp(StrictForm, theirs.SignupForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any] | None:
        """allauth compares the password with the address alone: it does not know our names."""
        typed: dict[str, Any] = super().clean() or {}
        if "password1" in typed:
            newcomer = User(name=typed.get("name", ""), email=typed.get("email", ""))
            try:
                validate_password(typed["password1"], newcomer)
            except ValidationError as fault:
                self.add_error("password1", fault)
        return typed


class AddAddress(StrictForm, theirs.AddEmailForm):  # type: ignore[misc]
    buttons = frozenset({"action_add"})


class ChangePassword(StrictForm, theirs.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPassword(StrictForm, theirs.SetPasswordForm):  # type: ignore[misc]
    pass


class AskForReset(StrictForm, theirs.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPassword(StrictForm, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    buttons = frozenset({"action"})


class Reauthenticate(StrictForm, theirs.ReauthenticateForm):  # type: ignore[misc]
    pass
