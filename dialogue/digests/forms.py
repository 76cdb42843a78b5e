"""The reader's choice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.digests.models import Frequency


class DigestForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("How often"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.WEEKLY
    )
    is_private = forms.BooleanField(
        label=_("Private mode"),
        required=False,
        help_text=_("The mail says only that there is news. Choose this if others can read your mail."),
    )
