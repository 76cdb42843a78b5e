"""What the office wrote in up to three languages, with the language they are shown in."""

from dataclasses import dataclass

from django.utils.translation import get_language

from dialogue.text.languages import Language


@dataclass(frozen=True)
class WordsShown:
    text: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def words_of(thing: object, field: str) -> WordsShown:
    """In the reader's language; where nobody wrote in it, in the thing's own, or in any there is."""
    by_language = {words.lang: words for words in every_language(thing, field)}
    for code in (get_language() or "", getattr(thing, "lang", ""), *by_language):
        if code in by_language:
            return by_language[code]
    return WordsShown()


def every_language(thing: object, field: str) -> list[WordsShown]:
    """Each text there is: the reader's language first, then Russian, Kazakh, English."""
    here = get_language() or ""
    order = dict.fromkeys((here, Language.RU.value, Language.KK.value, Language.EN.value))
    found = [
        WordsShown(getattr(thing, f"{field}_{code}") or "", code) for code in order if code in Language.values
    ]
    return [words for words in found if words]
