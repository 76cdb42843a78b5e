"""The reader's choice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.digests.models import Frequency
from dialogue.text.forms import Choice, StrictForm


class DigestForm(StrictForm):
    frequency = Choice(
        label=_("How often"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.WEEKLY
    )
    is_private = forms.BooleanField(
        label=_("Private mode"),
        required=False,
        help_text=_("The mail says only that there is news. Choose this if others can read your mail."),
    )
