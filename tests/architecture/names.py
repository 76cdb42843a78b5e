"""The same inner names in every package, so that the next line has an obvious place."""

from collections.abc import Iterator

from tests.architecture.sources import Source

EVERYWHERE = {
    *("__init__", "apps", "models", "kinds", "access", "states", "actions", "queries"),
    *("forms", "views", "urls", "admin", "refusals"),
    # Libraries look for these by name: predicates' registry, modeltranslation, allauth.
    *("translation", "middleware"),
}
SPLIT_INTO = {"models", "actions", "queries", "views", "forms", "access"}
FOLDERS = {"migrations", "templates", "locale", "management", "templatetags", "static"}

# A module that none of the names above fits: the noun it stands for, and what it holds.
# Adding a line here is fine and takes a moment: it is the moment in which to ask whether
# `actions`, `queries` or a folder of them would be found sooner.
OWN_NAMES: dict[str, dict[str, str]] = {
    "text": {
        "characters": "what a letter is, for counting and for refusing",
        "cleaning": "from what was typed to what is kept",
        "languages": "the three languages",
        "links": "which addresses become links",
        "markdown": "from kept text to safe HTML",
        "markdown_rules": "which marks are understood",
        "onward": "where a form or a link may lead",
        "masking": "what is hidden from readers",
        "names": "which names people may take",
        "reserved_names": "names that would mislead",
    },
    "calendar": {
        "kazakh": "the public holidays of Kazakhstan, as the law names them",
        "working_days": "counting in working days and duty hours",
    },
    "questions": {
        "changing": "changes whose SQL is kept",
        "given": "what stands in kept SQL until it is asked",
        "inserting": "rows that come by the hundred",
        "written_once": "queries whose SQL is kept",
    },
    "accounts": {
        "sessions": "what Django and allauth tell of sessions and passwords",
        "tries": "how often a word that only a mail tells may be wrong",
    },
    "journal": {
        "acts": "idempotency keys: what was asked before",
        "bells": "the one on_commit, and who listens to it",
        "epochs": "new ones for all streams, after a restore",
        "entries": "opening streams and recording what happened",
        "guards": "what has to hold for whoever writes, asked under the lock",
        "locks": "the one writer of SQLite",
        "nesting": "acts inside acts and beside each other, each undone alone",
        "opened": "what an act holds, and what it leaves for the end",
        "windows": "entries of many streams, from another place in each",
    },
    "outbox": {
        "backend": "Django's door for mail",
        "delivery": "from a row to a server or a file",
        "transports": "the two ways out, and what each knows when it fails",
        "tasks": "what the worker calls by name, once a minute",
    },
    "taxonomy": {
        "data": "regions, themes, groups and duty bearers as they ship",
        "loading": "from that data to rows, and again after a change",
    },
    "organisations": {
        "sign_in": "who may come in, for allauth",
        "standing": "who somebody stands for at this moment",
    },
    "rooms": {
        "clocks": "by when the office looks at a concern",
        "public_ids": "names of things in addresses",
        "pseudonyms": "a shielded person, stable in one room",
    },
    "digests": {
        "planning": "editions: whose digest is due",
        "rendering": "the mail's text and HTML",
        "selection": "what of a week belongs into it",
        "tasks": "what the worker calls by name, on Monday",
        "tokens": "the word in an unsubscribe link",
    },
}
# Their whole content is their own: the edge of the wire, and the fictional data.
FREE = {"realtime", "demo"}


def name_faults(source: Source) -> Iterator[str]:
    first, *inner = source.path.split("/")[1:]
    if first in FREE or not inner:
        return
    top = inner[0].removesuffix(".py")
    if len(inner) > 1:
        allowed = FOLDERS | SPLIT_INTO | set(OWN_NAMES.get(first, ()))
    else:
        allowed = EVERYWHERE | set(OWN_NAMES.get(first, ()))
    if top not in allowed:
        yield source.fault(
            1,
            f"“{top}” is not one of the inner names; put it where a reader would look first "
            f"({', '.join(sorted(EVERYWHERE - {'__init__'}))}), or add it to OWN_NAMES in "
            "tests/architecture/names.py with the noun it stands for",
        )
