"""Names people show: refused where they hide something or pretend to be the office (T9, B53).

Cleaning repairs prose; a name is refused instead, so that nobody is shown under a name they
did not type.
"""

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from dialogue.text import reserved_names
from dialogue.text.cleaning import clean_line
from dialogue.text.refusals import Invalid, Refusal

MAX_CHARACTERS: Final = 100
MIN_CHARACTERS: Final = 2

_HIDDEN: Final = _("This name contains hidden characters. Type it again by hand.")
_TOO_SHORT: Final = _("One character is too short for a name. Write at least two.")
_SYMBOLS: Final = _("A name is made of letters. Leave out emoji and other symbols.")
_ALPHABETS: Final = _("This name mixes letters of two alphabets in one word. Write each word in one.")
_RESERVED: Final = _("This name could be taken for the office. Choose another one.")

# Chinese, Japanese and Korean writing mixes scripts in a word by nature.
_EAST_ASIAN: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})


def clean_display_name(raw: str, *, field: str = "name") -> str:
    """The name, on one line in normal form, or ``Invalid`` with the rule it breaks as code."""
    name = clean_line(raw, field=field, max_characters=MAX_CHARACTERS)
    if any(map(_is_hidden, raw)):
        raise Invalid("bad_text", _HIDDEN, field)
    refusal = _broken_rule(name, field)
    if refusal is not None:
        raise refusal
    return name


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf") and not character.isspace()


def _broken_rule(name: str, field: str) -> Refusal | None:
    if len(name) < MIN_CHARACTERS:
        return Invalid("too_short", _TOO_SHORT, field)
    if not any(map(str.isalpha, name)) or not all(map(_belongs_in_a_name, name)):
        return Invalid("symbols", _SYMBOLS, field)
    if any(len(_scripts(word)) > 1 for word in re.split(r"[\W\d_]+", name)):
        return Invalid("mixed_script", _ALPHABETS, field)
    if reserved_names.sounds_like_the_office(name):
        return Invalid("reserved_name", _RESERVED, field)
    return None


def _belongs_in_a_name(character: str) -> bool:
    """Letters in their plain form, marks, digits, spaces, punctuation.

    Bold, full-width and other dressed-up letters, and symbols like a tick, could imitate the
    badge of the staff.
    """
    if unicodedata.normalize("NFKC", character) != character:
        return False
    return unicodedata.category(character)[0] in "LMPZ" or character.isdecimal()


def _scripts(word: str) -> set[str]:
    """The alphabets of a word, by the first word of each letter's Unicode name."""
    names = (
        unicodedata.name(character, "UNKNOWN").split()[0]
        for character in word
        if unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo")
    )
    return {"EAST ASIAN" if name in _EAST_ASIAN else name for name in names}
