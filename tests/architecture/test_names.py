"""Inner names repeat, own names are nouns with a reason, and no two classes have the same."""

import pytest

from tests.architecture import names
from tests.architecture.class_names import SHARED, repeated_classes
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


def test_no_two_classes_have_the_same_name() -> None:
    assert_none(repeated_classes(sources("dialogue", "platform_site", ending=".py")))
    assert all(reason.strip() for reason in SHARED.values())


def test_a_name_that_is_used_twice_is_found() -> None:
    first, again = (
        Source(f"dialogue/{name}.py", "class Place: ...") for name in ("journal/opened", "rooms/x")
    )
    (fault,) = repeated_classes([first, again])
    assert fault.startswith("dialogue/rooms/x.py:1: there is a Place in dialogue/journal/opened.py already")


def test_a_shared_name_is_fine() -> None:
    assert not list(
        repeated_classes([Source(f"dialogue/{each}/states.py", "class Guard: ...") for each in "ab"])
    )
