"""A room that lets in others than before is another version of itself, whoever changed it and how."""

from typing import Any

import pytest

from dialogue.issues.queries.telling import acl_versions as versions_of_issues
from dialogue.rooms.access import rooms_visible_to
from dialogue.rooms.models import Entrance, Marking, Room
from dialogue.rooms.queries.telling import acl_versions
from tests.cast import NAMES, Cast
from tests.issues.carried import an_issue

pytestmark = pytest.mark.django_db

OTHERWISE: dict[str, Any] = {
    "name": "Another name",
    "name_kk": "Another name",
    "name_ru": "Another name",
    "name_en": "Another name",
    **{f"{field}{end}": "Other words" for field in ("purpose", "rules") for end in ("", "_kk", "_ru", "_en")},
    "entrance": Entrance.INVITED,
    "default_marking": Marking.ROOM,
    "is_chatham_house": True,
    "observers_may_read": False,
    "pseudonym_key": b"x" * 32,
    "archived_at": "2026-01-05T09:00:00Z",
}
FOR_GOOD = {"id", "slug"}


def who_comes_in(cast: Cast) -> set[str]:
    return {name for name in NAMES if rooms_visible_to(cast.named(name)).filter(slug="disability").exists()}


@pytest.mark.parametrize("field", sorted(field.name for field in Room._meta.concrete_fields))
def test_whatever_changes_who_comes_in_changes_the_version(cast: Cast, field: str) -> None:
    """Complete by construction: a field that is new and decides about access is found here."""
    if field in FOR_GOOD:
        return
    before, version = who_comes_in(cast), acl_versions(["disability"])
    Room.objects.filter(slug="disability").update(**{field: OTHERWISE[field]})
    has_moved = acl_versions(["disability"]) != version
    assert has_moved == (who_comes_in(cast) != before)


def test_it_is_the_same_number_while_nothing_changes(cast: Cast) -> None:
    versions = acl_versions(["disability", "torture"])
    assert versions == acl_versions(["torture", "disability", "no-such-room"])
    assert len(set(versions.values())) == 2


@pytest.mark.parametrize("change", [{"observers_may_read": False}, {"entrance": Entrance.INVITED}])
def test_an_issue_narrows_with_the_room_of_its_thread(cast: Cast, change: dict[str, Any]) -> None:
    issue = an_issue(cast)
    before = versions_of_issues([issue.reference])
    Room.objects.filter(slug="disability").update(**change)
    assert versions_of_issues([issue.reference]) != before
