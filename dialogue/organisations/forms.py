"""The one form of this package: whom to invite, and as what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.organisations.models import ROLES_OF, Kind, Organisation


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of the person"), max_length=254)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(role.value, role.label) for role in ROLES_OF[Kind(organisation.kind)]]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)
