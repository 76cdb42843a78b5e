"""What sign-up asks beside address and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.actions import introduce
from dialogue.accounts.models import User
from dialogue.text.forms import Choice, counted
from dialogue.text.languages import Language
from dialogue.text.names import clean_display_name
from dialogue.text.refusals import Refusal


class NameAndLanguage(forms.Form):
    """allauth mixes it into its own form."""

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = Choice(label=_("Language"), choices=Language.choices, initial=get_language)
    field_order = ("name", "email", "password1", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted(self.fields["name"].widget.attrs)

    def clean_name(self) -> str:
        try:
            return clean_display_name(self.cleaned_data["name"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence), code=refusal.code) from refusal

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth in the transaction that writes the account."""
        typed = self.cleaned_data
        introduce(by=user, name=typed["name"], language=Language(typed["language"]))
