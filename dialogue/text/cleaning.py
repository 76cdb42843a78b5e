"""What a person typed becomes text the house can keep: one form, nothing hidden, bounded.

Every function gives the same text when fed its own result, raises only ``Invalid``, and takes
time in proportion to the length. Markup is not its business: ``<script>`` stays as typed.
"""

import unicodedata
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dialogue.text import characters
from dialogue.text.refusals import Invalid

# Fields of forms carry these too, so that nobody writes more than is kept.
MAX_BODY: Final = 10_000
MAX_TITLE: Final = 200
MAX_MARKS_ON_ONE_BASE: Final = 8
# Unicode's own bound for a stream-safe text. Sorting a longer pile would cost its square.
_MAX_MARKS_BEFORE_COMPOSING: Final = 30
# What is stripped or composed may shrink a text, but never an honest one by this much.
_MAX_SHRINKING: Final = 8

_BAD_TEXT: Final = _("This text contains characters we cannot keep. Type it again without them.")
EMPTY: Final = _("Nothing is written here yet. Write something.")


def clean_body(raw: str, *, field: str = "body", max_characters: int = MAX_BODY) -> str:
    """Prose of several lines; characters are counted after cleaning."""
    text = _cleaned(raw, field=field, max_characters=max_characters)
    return _checked(text.strip(), field=field, max_characters=max_characters)


def clean_title(raw: str, *, field: str = "title", max_characters: int = MAX_TITLE) -> str:
    return clean_line(raw, field=field, max_characters=max_characters)


def clean_line(raw: str, *, field: str, max_characters: int) -> str:
    """One line: line ends, tabs and runs of spaces become one space."""
    text = _cleaned(raw, field=field, max_characters=max_characters)
    return _checked(" ".join(text.split()), field=field, max_characters=max_characters)


def _cleaned(raw: str, *, field: str, max_characters: int) -> str:
    if len(raw) > max_characters * _MAX_SHRINKING:
        raise Invalid("too_long", _too_long(max_characters), field)
    if characters.NEVER_ACCEPTED.search(raw):
        raise Invalid("bad_text", _BAD_TEXT, field)
    text = characters.LINE_ENDS.sub("\n", raw)
    text = characters.NEVER_KEPT.sub("", text)
    if characters.highest_pile_of_marks(text) > _MAX_MARKS_BEFORE_COMPOSING:
        raise Invalid("bad_text", _BAD_TEXT, field)
    return unicodedata.normalize("NFC", text)


def _checked(text: str, *, field: str, max_characters: int) -> str:
    if not characters.has_anything_visible(text):
        raise Invalid("empty", EMPTY, field)
    if len(text) > max_characters:
        raise Invalid("too_long", _too_long(max_characters), field)
    if characters.highest_pile_of_marks(text) > MAX_MARKS_ON_ONE_BASE:
        raise Invalid("bad_text", _BAD_TEXT, field)
    return text


def _too_long(max_characters: int) -> Promise:
    sentence = ngettext_lazy(
        "This is too long: at most {count} character fits. Shorten it.",
        "This is too long: at most {count} characters fit. Shorten it.",
        max_characters,
    )
    # Lazy to the end: the reader's language is known only where the refusal is shown.
    return format_lazy(sentence, count=max_characters)
