"""Says what is wrong with the catalogues, in sentences that name the file and the remedy."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Message

from platform_site.translations.catalogues import PLURAL_FORMS, forms_of, known_messages, read, singular_of
from platform_site.translations.extraction import Key, Sentence, sentences_of
from platform_site.translations.homes import LANGUAGES, Home

REQUIRED = ("kk", "ru")
REQUIRED_WHEN_BORROWED = ("kk",)
PLACEHOLDER = re.compile(r"%(?:\([^)]*\)[a-z]|[sdif%])|\{[a-z_]*\}")


def problems_of(home: Home) -> list[str]:
    """Every fault of one package's catalogues; empty when they are complete."""
    sentences = sentences_of(home)
    found: list[str] = []
    for language in LANGUAGES:
        path = home.catalogue(language)
        shown = path.relative_to(home.project)
        if sentences and not path.exists():
            found.append(f"{shown} is missing; {_remedy(home)}")
            continue
        messages = known_messages(read(path, language))
        found += (f"{shown}: {fault}" for fault in _out_of_step(home, sentences, messages))
        found += (f"{shown}: {fault}" for fault in _faults(language, sentences, messages))
    return found


def contradictions(of: Iterable[Home]) -> list[str]:
    """Sentences that two packages translate differently: Django keeps one for both, by the order of apps."""
    seen: dict[tuple[str, Key], tuple[list[str], Path]] = {}
    found = []
    for home in of:
        for language in REQUIRED:
            path = home.catalogue(language).relative_to(home.project)
            for key, message in known_messages(read(home.catalogue(language), language)).items():
                forms = forms_of(message)
                first, where = seen.setdefault((language, key), (forms, path))
                if first != forms and any(first) and any(forms):
                    found.append(
                        f"{path}: {_quoted(key[1])} is {_quoted(forms[0])} here and {_quoted(first[0])} "
                        f"in {where}; use one translation, or tell the two apart by a context (pgettext)"
                    )
    return found


def _out_of_step(home: Home, sentences: dict[Key, Sentence], messages: dict[Key, Message]) -> Iterator[str]:
    remedy = _remedy(home)
    for key, sentence in sentences.items():
        message = messages.get(key)
        if message is None:
            yield f"{_quoted(key[1])} is in the sources but not here; {remedy}"
        elif sentence.plural and (isinstance(message.id, str) or message.id[1] != sentence.plural):
            yield f"{_quoted(key[1])} has another plural in the sources; {remedy}"
    for key in messages.keys() - sentences.keys():
        yield f"{_quoted(key[1])} is no longer in the sources; {remedy}"


def _remedy(home: Home) -> str:
    return f"run make messages PACKAGE={home.name}"


def _faults(language: str, sentences: dict[Key, Sentence], messages: dict[Key, Message]) -> Iterator[str]:
    plurals = int(PLURAL_FORMS[language].removeprefix("nplurals=")[0])
    for key, message in messages.items():
        forms, name = forms_of(message), _quoted(singular_of(message))
        borrowed = key in sentences and sentences[key].borrowed
        required = language in (REQUIRED_WHEN_BORROWED if borrowed else REQUIRED)
        if message.fuzzy:
            yield f"{name} is marked fuzzy; read it and remove the mark"
        if not any(forms):
            if required:
                yield f"{name} is not translated"
        elif not isinstance(message.id, str) and (len(forms) != plurals or not all(forms)):
            yield f"{name} needs all {plurals} plural forms"
        else:
            yield from _placeholder_faults(message, forms)


def _placeholder_faults(message: Message, forms: list[str]) -> Iterator[str]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = _placeholders(ids[-1])
    for number, form in enumerate(forms):
        # "One day" may leave the number out, but only where the form stands for exactly one:
        # the first Russian form also says 21 and 31.
        allowed = [wanted, _placeholders(ids[0])] if number == 0 and len(forms) <= 2 else [wanted]
        if _placeholders(form) not in allowed:
            has = ", ".join(sorted(_placeholders(form))) or "none"
            needs = ", ".join(sorted(wanted)) or "none"
            yield f"{_quoted(ids[0])} has the placeholders {has} in {_quoted(form)}, but needs {needs}"


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text)) - {"%%"}


def _quoted(text: str) -> str:
    one_line = " ".join(text.split())
    return f"«{one_line[:70]}…»" if len(one_line) > 70 else f"«{one_line}»"
