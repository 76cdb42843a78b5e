"""What all forms of the rooms have: a key, nothing unasked, and a refusal beside its field."""

import uuid
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dialogue.text.refusals import Conflict, Forbidden, Refusal

# Ours on every form, and no field of any.
_ALWAYS_ALLOWED = {"csrfmiddlewaretoken", "next"}
_NOT_OFFERED = _("This is not in the list. Choose one of those offered.")
_EMPTY = _("Nothing is written here yet. Write something.")
_DAMAGED = _("This form is damaged. Reload the page and send again.")


class Words(forms.CharField):
    """Kept exactly as typed; the act cleans and judges it. NUL and the like are its business, too."""

    def __init__(self, *, label: Any, rows: int = 0, **kwargs: Any) -> None:
        attributes = {"rows": rows, "data-autosize": True} if rows else {}
        widget = (forms.Textarea if rows else forms.TextInput)(attrs={**attributes, "dir": "auto"})
        super().__init__(
            label=label, strip=False, widget=widget, error_messages={"required": _EMPTY}, **kwargs
        )
        self.validators = []


class Choice(forms.ChoiceField):
    """Never repeats what was sent: its sentence stays the same for any odd value."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": _NOT_OFFERED, "required": _("Choose one.")}
        super().__init__(error_messages=messages, **kwargs)


class Choices(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": _NOT_OFFERED, "invalid_list": _NOT_OFFERED}
        super().__init__(error_messages=messages, **kwargs)


class StrictForm(forms.Form):
    """``status`` is what a page that shows this form again answers with."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, initial=lambda: str(uuid.uuid4()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status = HTTPStatus.UNPROCESSABLE_ENTITY
        self.fields["key"].validators = []

    def clean(self) -> dict[str, Any] | None:
        """A field nobody asked for, or one sent twice, is somebody's experiment: nothing is done."""
        data = self.data
        unknown = set(data) - set(self.fields) - _ALWAYS_ALLOWED
        if unknown or (isinstance(data, QueryDict) and any(map(self._is_repeated, data))):
            self.status = HTTPStatus.BAD_REQUEST
            raise ValidationError(_DAMAGED, code="unknown_field")
        if not self.cleaned_data.get("key"):
            self.renew_key()
        return super().clean()

    def refuse(self, refusal: Refusal) -> None:
        """Say it beside the field it is about; hidden fields have no place, so above the form."""
        field = refusal.field if refusal.field in self.fields else None
        if field is not None and self.fields[field].widget.is_hidden:
            field = None
        self.add_error(field, ValidationError(str(refusal.sentence), code=refusal.code))
        if isinstance(refusal, Conflict):
            self.status = HTTPStatus.CONFLICT
        if isinstance(refusal, Forbidden):
            self.status = HTTPStatus.FORBIDDEN
        if refusal.field == "key":
            self.renew_key()

    @property
    def first_error(self) -> str:
        """For buttons, which have no page of their own to say it on."""
        return str(next(iter(self.errors.values()))[0])

    def renew_key(self) -> None:
        """What was sent with the old key is another act, or none."""
        self.put("key", str(uuid.uuid4()))

    def put(self, name: str, value: str) -> None:
        """Show this form again with another value than the one that was sent."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        data[name] = value
        self.data = data

    def _is_repeated(self, name: str) -> bool:
        if isinstance(self.fields.get(name), forms.MultipleChoiceField):
            return False
        return len(self.data.getlist(name)) > 1  # type: ignore[attr-defined]
