"""allauth's forms, as strict as our own and in our words; ``ACCOUNT_FORMS`` names them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from allauth.account import forms as theirs
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.text.forms import StrictForm

_ADDRESS: Final = _("E-mail address")
_PASSWORD: Final = _("Password")
_NEW: Final = {"password1": _("New password"), "password2": _("New password, once more")}


class EntranceForm(StrictForm):
    """Labels of this house; a placeholder would say the label twice."""

    labels: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @property
    def asks_for_a_password(self) -> bool:
        """Whoever corrects this form types that one again: it is never sent back."""
        return any(isinstance(field.widget, forms.PasswordInput) for field in self.fields.values())


class SignIn(EntranceForm, theirs.LoginForm):  # type: ignore[misc]
    labels = {"login": _ADDRESS, "password": _PASSWORD}


class SignUp(EntranceForm, theirs.SignupForm):  # type: ignore[misc]
    labels = {"email": _ADDRESS, "password1": _PASSWORD}

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


class AddAddress(EntranceForm, theirs.AddEmailForm):  # type: ignore[misc]
    buttons = frozenset({"action_add"})
    labels = {"email": _ADDRESS}


class ChangePassword(EntranceForm, theirs.ChangePasswordForm):  # type: ignore[misc]
    labels = {"oldpassword": _("Present password"), **_NEW}


class SetPassword(EntranceForm, theirs.SetPasswordForm):  # type: ignore[misc]
    labels = _NEW


class AskForReset(EntranceForm, theirs.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _ADDRESS}


class ResetPassword(EntranceForm, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    buttons = frozenset({"action"})
    labels = _NEW


class Reauthenticate(EntranceForm, theirs.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _PASSWORD}
