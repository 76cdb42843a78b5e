"""Inner names repeat, and own names are nouns with a reason."""

import pytest

from tests.architecture import names
from tests.architecture.faults import assert_none
from tests.architecture.layers import LINE_OF, NOT_A_NOUN
from tests.architecture.sources import Source, sources


def test_inner_names_repeat() -> None:
    assert_none(fault for each in sources("dialogue", ending=".py") for fault in names.name_faults(each))


def test_own_names_belong_to_packages_and_have_reasons() -> None:
    assert set(names.OWN_NAMES) <= set(LINE_OF)
    for modules in names.OWN_NAMES.values():
        assert not NOT_A_NOUN & set(modules)
        assert all(reason.strip() for reason in modules.values())


@pytest.mark.parametrize(
    "path",
    [
        "dialogue/rooms/manager.py",
        "dialogue/rooms/cleaning.py",
        "dialogue/issues/things/one.py",
    ],
)
def test_an_odd_name_is_found(path: str) -> None:
    assert list(names.name_faults(Source(path, "")))


@pytest.mark.parametrize(
    "path",
    [
        "dialogue/__init__.py",
        "dialogue/rooms/models.py",
        "dialogue/rooms/actions/post.py",
        "dialogue/rooms/templatetags/posts.py",
        "dialogue/text/cleaning.py",
        "dialogue/realtime/hub.py",
        "dialogue/realtime/frames/rooms.py",
    ],
)
def test_a_known_name_is_fine(path: str) -> None:
    assert not list(names.name_faults(Source(path, "")))
