"""Streams that ring together are read together, and each is told of as if it had rung alone."""

from collections.abc import Sequence
from typing import Any

import pytest

from dialogue.journal import entries
from dialogue.journal.entries import Place
from dialogue.journal.models import Entry
from dialogue.realtime.limits import MAX_PAGE_ENTRIES
from dialogue.realtime.looking import Found, Gap, Sources, Wish, look
from dialogue.realtime.told import Told
from tests.realtime.hub.world import Heard, World, say_many

pytestmark = pytest.mark.django_db

LAKE, STEPPE, HILL = "room:lake", "room:steppe", "room:hill"


def sources_of(world: World) -> Sources:
    return Sources(world.tell, lambda _user, _stream: Heard(), world.acl_versions)


def wish(stream: str, *, at: int, people: Sequence[int] = (), epoch: str | None = None) -> Wish:
    known = Place(stream, epoch or entries.head_of(stream).epoch, at)
    return Wish(stream, known, {at}, set(people))


def found(one: Found | Exception) -> Found:
    assert isinstance(one, Found), one
    return one


@pytest.fixture
def said() -> None:
    for stream, count in ((LAKE, 3), (STEPPE, 5), (HILL, 400)):
        say_many(count, stream=stream)


@pytest.mark.usefixtures("said")
def test_each_stream_from_its_own_place(django_assert_max_num_queries: Any) -> None:
    world = World(acl={LAKE: 7})
    wishes = [wish(LAKE, at=2), wish(STEPPE, at=5), wish(HILL, at=390), wish("room:new", at=0)]
    with django_assert_max_num_queries(6):
        lake, steppe, hill, new = map(found, look(sources_of(world), wishes))
    assert world.tells == [11], "built together"
    assert [one.position for one in lake.told] == [3]
    assert steppe.told == new.told == []
    assert [one.position for one in hill.told] == list(range(391, 401))
    assert all(one.is_all and not one.is_fresh for one in (lake, steppe, hill, new))
    assert lake.versions.streams == {LAKE: 7}


@pytest.mark.usefixtures("said")
def test_alone_and_together_are_the_same() -> None:
    world = World()
    wishes = [wish(LAKE, at=0), wish(HILL, at=350), wish(STEPPE, at=9), wish(HILL, at=400, epoch="another")]
    for one in wishes:
        alone = found(look(sources_of(world), [one])[0])
        beside = found(look(sources_of(world), [wish("room:else", at=0), one])[1])
        assert (alone.place, alone.after, alone.is_fresh) == (beside.place, beside.after, beside.is_fresh)
        assert [told.position for told in alone.told] == [told.position for told in beside.told]


@pytest.mark.usefixtures("said")
def test_no_stream_gives_more_than_a_page() -> None:
    epoch = entries.head_of(HILL).epoch
    far = Wish(HILL, Place(HILL, epoch, 10), {10}, set())
    hill, lake = map(found, look(sources_of(World()), [far, wish(LAKE, at=0)]))
    assert (hill.until, hill.is_all) == (10 + MAX_PAGE_ENTRIES, False)
    assert lake.until == 3


@pytest.mark.usefixtures("said")
def test_what_is_wrong_with_one_is_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(World):
        def tell(self, rows: Sequence[Entry]) -> list[Told]:
            if any(row.stream.name == STEPPE for row in rows):
                raise LookupError
            return super().tell(rows)

    wishes = [wish(LAKE, at=0), wish(STEPPE, at=0), wish(HILL, at=399)]
    lake, steppe, hill = look(sources_of(Broken()), wishes)
    assert isinstance(steppe, LookupError)
    assert [len(found(one).told) for one in (lake, hill)] == [3, 1]


@pytest.mark.usefixtures("said")
def test_a_hole_is_told_of_the_stream_that_has_it() -> None:
    Entry.objects.filter(stream__name=STEPPE, position=3).delete()
    lake, steppe = look(sources_of(World()), [wish(LAKE, at=0), wish(STEPPE, at=0)])
    assert isinstance(steppe, Gap)
    assert len(found(lake).told) == 3
