"""Finds the sentences in a package's Python files and templates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from platform_site.translations.borrowed import BORROWED, BORROWED_WITH_CONTEXT
from platform_site.translations.homes import SITE, Home

CONTEXT_FIRST = ((1, "c"), 2)
CONTEXT_FIRST_PLURAL = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": CONTEXT_FIRST,
    "pgettext_lazy": CONTEXT_FIRST,
    "npgettext": CONTEXT_FIRST_PLURAL,
    "npgettext_lazy": CONTEXT_FIRST_PLURAL,
}
FOR_TRANSLATORS = ("Translators:",)

Key = tuple[str, str]


@dataclass
class Sentence:
    """One msgid as the sources use it; ``borrowed`` when only the borrowed list names it."""

    singular: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    borrowed: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.singular


def sentences_of(home: Home) -> dict[Key, Sentence]:
    """Every sentence of the package once, with all files that use it, in a stable order."""
    found: dict[Key, Sentence] = {}
    for sentence in (*_in_sources(home), *_borrowed_by(home)):
        known = found.setdefault(sentence.key, sentence)
        known.plural = known.plural or sentence.plural
        known.files |= sentence.files
        known.comments += [note for note in sentence.comments if note not in known.comments]
    return {key: found[key] for key in sorted(found, key=lambda key: (key[1], key[0]))}


def _in_sources(home: Home) -> Iterator[Sentence]:
    for path in home.python_files():
        yield from _in_python(path.read_bytes(), path.relative_to(home.project).as_posix())
    for path in home.templates():
        python = _as_python(path.read_text("utf-8"))
        yield from _in_python(python.encode(), path.relative_to(home.project).as_posix())


def _in_python(source: bytes, name: str) -> Iterator[Sentence]:
    for _line, ids, comments, context in extract("python", BytesIO(source), KEYWORDS, FOR_TRANSLATORS):
        singular, plural = (ids, "") if isinstance(ids, str) else (ids[0], ids[1])
        yield Sentence(singular, plural, context or "", {name}, list(comments))


def _as_python(template: str) -> str:
    """Django's reduction of a template to gettext calls, without the indentation Python would refuse."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines()) + "\n"


def _borrowed_by(home: Home) -> Iterator[Sentence]:
    if home.name != SITE:
        return
    for borrowed in BORROWED:
        singular, plural = (borrowed, "") if isinstance(borrowed, str) else borrowed
        yield Sentence(singular, plural, borrowed=True)
    for context, singular in BORROWED_WITH_CONTEXT:
        yield Sentence(singular, context=context, borrowed=True)
