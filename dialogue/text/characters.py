"""Single characters: which never enter, which can be seen, which pile up on another."""

import re
import unicodedata
from typing import Final

# Marks that reorder what is read: text could say one thing and mean another (T9, B53).
BIDI_CONTROLS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

LINE_ENDS: Final = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# U+FEFF, U+FFFE and U+FFFF are traces of broken encoding; XML could not carry the last two.
NEVER_KEPT: Final = re.compile(f"[{BIDI_CONTROLS}\x01-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
NEVER_ACCEPTED: Final = re.compile("[\x00\ud800-\udfff]")

# Letters and symbols that draw nothing: Hangul fillers and the empty Braille cell.
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_TAGS_AND_SELECTORS: Final = range(0xE0000, 0xE1000)


def is_visible(character: str) -> bool:
    """Whether a reader would see it standing alone.

    Unassigned code points count as visible: this Python does not know next year's emoji.
    """
    if character in _BLANK_LETTERS or ord(character) in _TAGS_AND_SELECTORS:
        return False
    category = unicodedata.category(character)
    return category[0] in "LNPS" or category in ("Cn", "Co")


def has_anything_visible(text: str) -> bool:
    return any(is_visible(character) for character in text)


def highest_pile_of_marks(text: str) -> int:
    """The most combining marks that stand on one base.

    Joiners are invisible, so a mark behind one still lands on the same base.
    """
    highest = pile = 0
    for character in text:
        category = unicodedata.category(character)
        if category[0] == "M":
            pile += 1
            highest = max(highest, pile)
        elif category != "Cf":
            pile = 0
    return highest
