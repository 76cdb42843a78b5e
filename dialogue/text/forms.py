"""What all forms have: nothing unasked, a key where an act needs one, a refusal beside its field."""

import uuid
from collections.abc import Set
from http import HTTPStatus
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dialogue.text.cleaning import EMPTY
from dialogue.text.refusals import Conflict, Forbidden, Refusal

DAMAGED: Final = _("This form is damaged. Reload the page and send again.")
# Ours on every form, and no field of any.
_ALWAYS_ALLOWED: Final = frozenset({"csrfmiddlewaretoken", "next"})
_NOT_OFFERED: Final = _("This is not in the list. Choose one of those offered.")


def counted(attributes: dict[str, Any]) -> dict[str, Any]:
    """``maxlength`` would cut what is pasted, unseen: ``data-most`` is only counted."""
    if "maxlength" in attributes:
        attributes["data-most"] = attributes.pop("maxlength")
    return attributes


class Words(forms.CharField):
    """Kept exactly as typed; the act cleans and judges it. NUL and the like are its business, too."""

    def __init__(self, *, label: Any, rows: int = 0, **kwargs: Any) -> None:
        attributes = {"rows": rows, "data-autosize": True} if rows else {}
        widget = (forms.Textarea if rows else forms.TextInput)(attrs={**attributes, "dir": "auto"})
        super().__init__(
            label=label, strip=False, widget=widget, error_messages={"required": EMPTY}, **kwargs
        )
        self.validators = []

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return counted(super().widget_attrs(widget))


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
    """``status`` is what a page that shows it again answers with; ``buttons`` are those that have a name."""

    buttons: ClassVar[Set[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status = HTTPStatus.UNPROCESSABLE_ENTITY

    def clean(self) -> dict[str, Any] | None:
        """A field nobody asked for, or one sent twice, is somebody's experiment: nothing is done."""
        lists = {name for name, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)}
        if is_strange(self.data, fields={*self.fields, *self.buttons}, lists=lists):
            self.status = HTTPStatus.BAD_REQUEST
            raise ValidationError(DAMAGED, code="unknown_field")
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

    @property
    def first_error(self) -> str:
        """For buttons, which have no page of their own to say it on."""
        return str(next(iter(self.errors.values()))[0])

    def put(self, name: str, value: str) -> None:
        """Show this form again with another value than the one that was sent."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        data[name] = value
        self.data = data


class KeyedForm(StrictForm):
    """Of an act that is done once for one key: sent twice, it shows what the first sending did."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, initial=lambda: str(uuid.uuid4()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].validators = []

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.cleaned_data.get("key"):
            self.renew_key()
        return cleaned

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if refusal.field == "key":
            self.renew_key()

    def renew_key(self) -> None:
        """What was sent with the old key is another act, or none."""
        self.put("key", str(uuid.uuid4()))


def is_strange(data: Any, *, fields: Set[str], lists: Set[str] = frozenset()) -> bool:
    """Whether something was sent that was not asked for, or twice what may come once."""
    if set(data) - fields - _ALWAYS_ALLOWED:
        return True
    return isinstance(data, QueryDict) and any(len(data.getlist(name)) > 1 for name in set(data) - lists)


def refuse_strange(data: Any, *, fields: Set[str] = frozenset()) -> None:
    """For buttons whose page has nothing typed on it that could be lost: the page of HTTP 400."""
    if is_strange(data, fields=fields):
        raise BadRequest("unknown_field")
