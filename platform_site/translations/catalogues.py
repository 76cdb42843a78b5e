"""Reads and writes .po files in one stable form: sorted, no dates, no line numbers, no leftovers."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from platform_site.translations.extraction import Key, Sentence

# Django joins catalogues of one language only when these are equal to its own, letter by letter.
PLURAL_FORMS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ru": (
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
        "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
    ),
}
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural_forms}\n"

"""


def read(path: Path, language: str) -> Catalog:
    """The catalogue in the file; an empty one of that language when there is no file."""
    return _parsed(path.read_bytes() if path.exists() else _header(language).encode(), language)


def known_messages(catalogue: Catalog) -> dict[Key, Message]:
    return {(message.context or "", singular_of(message)): message for message in catalogue if message.id}


def singular_of(message: Message) -> str:
    return str(message.id) if isinstance(message.id, str) else str(message.id[0])


def forms_of(message: Message) -> list[str]:
    """The translations of all plural forms; one element for a sentence without plural."""
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return [str(string or "") for string in strings]


def renewed(old: Catalog, sentences: dict[Key, Sentence], language: str) -> bytes:
    """The file for exactly these sentences, with the translations the old catalogue has for them."""
    known = known_messages(old)
    fresh = _parsed(_header(language).encode(), language)
    for key, sentence in sentences.items():
        _add(fresh, sentence, known.get(key))
    body = BytesIO()
    write_po(body, fresh, omit_header=True, sort_output=True, include_lineno=False, width=100)
    return _header(language).encode() + body.getvalue().rstrip(b"\n") + b"\n"


def compiled(catalogue: Catalog) -> bytes:
    """The .mo content, without the sentences nobody translated: those fall through to the next catalogue."""
    for message in list(catalogue):
        if message.id and not any(forms_of(message)):
            catalogue.delete(message.id, message.context)
    content = BytesIO()
    write_mo(content, catalogue)
    return content.getvalue()


def _parsed(content: bytes, language: str) -> Catalog:
    return read_po(BytesIO(content), locale=language, abort_invalid=True)


def _add(catalogue: Catalog, sentence: Sentence, old: Message | None) -> None:
    wanted = catalogue.num_plurals if sentence.plural else 1
    forms = forms_of(old) if old else []
    if len(forms) != wanted:
        forms = [""] * wanted
    catalogue.add(
        (sentence.singular, sentence.plural) if sentence.plural else sentence.singular,
        tuple(forms) if sentence.plural else forms[0],
        locations=[(name, 0) for name in sorted(sentence.files)],
        flags=old.flags & {"fuzzy"} if old else (),
        auto_comments=sentence.comments,
        user_comments=old.user_comments if old else (),
        context=sentence.context or None,
    )


def _header(language: str) -> str:
    return HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])
