"""Names that only the office may carry, in any spelling an eye would read the same."""

import re
import unicodedata
from typing import Final

# Beginnings of words: grammar and gender change the endings.
_BEGINNINGS: Final = [
    "administrat",
    "moderator",
    "ombuds",
    "commissioner",
    "superuser",
    "администрат",
    "модератор",
    "омбудсм",
    "уполномоч",
    "әкімші",
]
# Whole words, too short or too close to real surnames to be a beginning.
_WORDS: Final = [
    "admin",
    "staff",
    "support",
    "system",
    "админ",
    "комиссар",
    "система",
    "поддержка",
    "жүйе",
    "қолдау",
]
# Names as a whole, without their spaces.
_WHOLE_NAMES: Final = [
    "root",
    "уәкіл",
    "adamquqyqtary",
    "dialogue",
    "theoffice",
    "humanrightscenter",
    "nationalcenterforhumanrights",
    "адамқұқықтары",
    "адамқұқықтарыжөніндегіуәкіл",
    "адамқұқықтарыжөніндегіұлттықорталық",
    "национальныйцентрпоправамчеловека",
    "нцпч",
    "диалог",
]

# One drawing or sound, several code points: both sides of a comparison become the left column.
_LOOKALIKES: Final = {
    "a": "аɑα", "b": "вьβ", "c": "сϲ", "e": "еёεє", "h": "нһ", "i": "иіїıι1l!|ӏ", "j": "ј",
    "k": "кκқ", "m": "м", "n": "п", "o": "оοө0", "p": "рρ", "q": "ԛ", "r": "г", "s": "ѕ5$",
    "t": "тτ", "u": "υүұ", "v": "ѵν", "w": "ѡԝ", "x": "хχҳ", "y": "у", "z": "з3",
}  # fmt: skip
_TO_SKELETON: Final = str.maketrans({twin: letter for letter, twins in _LOOKALIKES.items() for twin in twins})


def sounds_like_the_office(name: str) -> bool:
    """Whether a reader could take the name for the office's own.

    Looks at each word, at the whole without its gaps ("a d m i n"), and at what remains when
    letters of one shape are the same letter ("аdmіn", "adm1n").
    """
    words = re.split(r"[\W_]+", _skeleton(name))
    whole = "".join(words)
    return (
        any(word.startswith(_RESERVED_BEGINNINGS) for word in [*words, whole])
        or any(word in _RESERVED_WORDS for word in [*words, whole])
        or whole in _RESERVED_WHOLE_NAMES
    )


def _skeleton(name: str) -> str:
    unmarked = (
        character
        for character in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(character)
    )
    return "".join(unmarked).translate(_TO_SKELETON)


_RESERVED_BEGINNINGS: Final = tuple(map(_skeleton, _BEGINNINGS))
_RESERVED_WORDS: Final = frozenset(map(_skeleton, _WORDS))
_RESERVED_WHOLE_NAMES: Final = frozenset(map(_skeleton, _WHOLE_NAMES))
