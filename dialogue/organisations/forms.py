"""The one form of this package: whom to invite, and as what."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogue.organisations.models import ROLES_OF, Kind, Organisation
from dialogue.text.forms import Choice, KeyedForm, counted


class InviteForm(KeyedForm):
    email = forms.EmailField(label=_("E-mail address of the person"), max_length=254)
    role = Choice(label=_("Role"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, capfirst(role.label)) for role in ROLES_OF[Kind(organisation.kind)]]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        # An address that was cut would be somebody else's.
        counted(self.fields["email"].widget.attrs)
