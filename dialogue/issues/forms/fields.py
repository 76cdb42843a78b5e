"""Fields that several forms of issues have: three languages, the version one looked at, days."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.text.forms import DAMAGED, KeyedForm, Words
from dialogue.text.languages import Language
from dialogue.text.refusals import Refusal


class VersionField(forms.IntegerField):
    """Of the thing as it was on the page; a newer one is not overwritten unseen."""

    def __init__(self) -> None:
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED)
        super().__init__(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, error_messages=messages)


class DayField(forms.DateField):
    def __init__(self, *, label: Any, **kwargs: Any) -> None:
        messages = dict.fromkeys(("required", "invalid"), _("Choose a day."))
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            label=label, widget=widget, input_formats=["%Y-%m-%d"], error_messages=messages, **kwargs
        )


class ActForm(KeyedForm):
    """``said`` is what the act takes. After a conflict the next sending is about what is there now."""

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def refuse(self, refusal: Refusal) -> None:
        """Whoever sends again has seen the newer state: the page shows it."""
        super().refuse(refusal)
        version = (refusal.current or {}).get("version")
        if refusal.code == "conflict" and version is not None and "version" in self.fields:
            self.renew_key()
            self.put("version", str(version))


class TextsForm(ActForm):
    """``texts``: what is written in Kazakh, Russian and, if wished, English; label, rows, most characters."""

    texts: tuple[tuple[str, Any, int, int], ...] = ()
    names: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, rows, most in self.texts:
            for code in Language:
                words = Words(label=f"{label}, {code.label}", rows=rows, max_length=most, required=False)
                words.widget.attrs["lang"] = code.value
                self.fields[f"{name}_{code.value}"] = words

    def said(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        for name, *_rest in self.texts:
            typed[self.names.get(name, name)] = {
                code: typed.pop(f"{name}_{code}") for code in Language.values
            }
        return typed

    def refuse(self, refusal: Refusal) -> None:
        """The act judges all languages together: said beside the first of them."""
        first = f"{refusal.field}_{next(iter(Language)).value}"
        if first in self.fields:
            self.add_error(first, str(refusal.sentence))
            return
        super().refuse(refusal)


def choices_of(rows: Iterable[tuple[str, Any]], *, nothing: Any = None) -> list[tuple[str, Any]]:
    return ([("", nothing)] if nothing is not None else []) + list(rows)
