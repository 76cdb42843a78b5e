"""What the office writes, in up to three languages, cleaned before any lock."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogue.rooms.actions.refused import language
from dialogue.text.cleaning import clean_body
from dialogue.text.refusals import Invalid

Texts = Mapping[str, str]


def clean_texts(texts: Texts, *, field: str, max_characters: int) -> dict[str, str]:
    """By language code, without the empty ones; refuses when nothing is left."""
    written = {language(code).value: text for code, text in texts.items() if text.strip()}
    if not written:
        raise Invalid("empty", _("Nothing is written here yet. Write something."), field)
    return {
        code: clean_body(text, field=field, max_characters=max_characters) for code, text in written.items()
    }


def columns(field: str, texts: Texts) -> dict[str, Any]:
    """``{"ru": …}`` as fields of a translated model."""
    return {f"{field}_{code}": text for code, text in texts.items()}


def put_words(thing: object, field: str, texts: Texts) -> list[str]:
    """Set them on a row and name the fields to save."""
    for name, text in columns(field, texts).items():
        setattr(thing, name, text)
    return list(columns(field, texts))
