"""What is borrowed from other people's packages must still be there under the same words."""

from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from platform_site.translations.borrowed import BORROWED

CATALOGUES = (
    ("django", "conf/locale/ru/LC_MESSAGES/django.po"),
    ("django", "contrib/auth/locale/ru/LC_MESSAGES/django.po"),
    ("allauth", "locale/ru/LC_MESSAGES/django.po"),
)


@pytest.fixture(scope="module")
def their_sentences() -> set[object]:
    found: set[object] = set()
    for package, path in CATALOGUES:
        with (files(package) / path).open("rb") as catalogue:
            found |= {message.id for message in read_po(catalogue) if message.id}
    return found


@pytest.mark.parametrize("sentence", BORROWED)
def test_a_borrowed_sentence_is_one_of_theirs(
    sentence: str | tuple[str, str], their_sentences: set[object]
) -> None:
    assert sentence in their_sentences, "the package says it otherwise now: take over its new words"
