"""Forms of one's own account."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.text.languages import Language
from dialogue.text.names import clean_display_name
from dialogue.text.refusals import Refusal


class NameAndLanguage(forms.Form):
    """What sign-up asks beside address and password; allauth mixes it into its own form."""

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, initial=Language.KK)
    field_order = ("name", "email", "password1", "language")

    def clean_name(self) -> str:
        try:
            return clean_display_name(self.cleaned_data["name"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence), code=refusal.code) from refusal

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["name", "language"])


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=Language.choices)
    next = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}
