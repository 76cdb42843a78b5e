"""Who a text seems to come from: byline × audience, and what travels out of the room."""

import pytest

from dialogue.rooms.access import Audience, ShownBy, shown_by, shown_outside_the_room
from dialogue.rooms.models import Byline, Post, Thread
from dialogue.rooms.pseudonyms import pseudonym_of
from tests.cast import Cast, a_post, a_thread, crowd

pytestmark = pytest.mark.django_db

AUDIENCES: tuple[Audience, ...] = ("member", "observer", "office", "safety")
ORGANISATION, NAME = "far-lake kk", "Outsider"
SHOWN: dict[tuple[Byline, Audience], tuple[str | None, str | None]] = {
    (Byline.ORGANISATION, "member"): (ORGANISATION, None),
    (Byline.ORGANISATION, "observer"): (ORGANISATION, None),
    (Byline.ORGANISATION, "office"): (ORGANISATION, NAME),
    (Byline.ORGANISATION, "safety"): (ORGANISATION, NAME),
    **{(Byline.NAMED, audience): (ORGANISATION, NAME) for audience in AUDIENCES},
    **{(Byline.SHIELDED, audience): (None, None) for audience in AUDIENCES},
}


def written(cast: Cast, byline: Byline) -> Post:
    crowd(cast.disability, 3)
    return a_post(a_thread(cast.disability, cast.member), cast.outsider, byline=byline)


def test_the_table_is_whole() -> None:
    assert set(SHOWN) == {(byline, audience) for byline in Byline for audience in AUDIENCES}


@pytest.mark.parametrize("byline", list(Byline))
def test_byline_and_audience(cast: Cast, byline: Byline) -> None:
    post = written(cast, byline)
    for audience in AUDIENCES:
        shown = shown_by(post, audience=audience)
        assert (shown.organisation, shown.name) == SHOWN[byline, audience]
        assert (shown.pseudonym is not None) == (
            byline is Byline.SHIELDED and audience in ("office", "safety")
        )
        assert not shown.mine


def test_ones_own_lead_sees_who_wrote_unless_shielded(cast: Cast) -> None:
    post = written(cast, Byline.ORGANISATION)
    home, other = cast.organisations["far-lake"], cast.organisations["open-steppe"]
    assert shown_by(post, audience="member", leads=frozenset({home.pk})).name == NAME
    assert shown_by(post, audience="member", leads=frozenset({other.pk})).name is None
    shielded = a_post(post.thread, cast.outsider, byline="shielded")
    assert shown_by(shielded, audience="member", leads=frozenset({home.pk})) == ShownBy(Byline.SHIELDED)


def test_an_author_knows_their_own(cast: Cast) -> None:
    post = written(cast, Byline.SHIELDED)
    assert shown_by(post, audience="member", is_mine=True) == ShownBy(Byline.SHIELDED, mine=True)


def test_threads_are_signed_like_posts(cast: Cast) -> None:
    crowd(cast.disability, 3)
    thread = a_thread(cast.disability, cast.outsider, byline="shielded")
    assert shown_by(thread, audience="member") == ShownBy(Byline.SHIELDED)
    code = pseudonym_of(cast.disability, cast.outsider)
    assert shown_by(thread, audience="office").pseudonym == code
    assert shown_by(thread.posts.get(), audience="office").pseudonym == code


def test_a_pseudonym_is_stable_in_a_room_and_unlinkable_across_rooms(cast: Cast) -> None:
    code = pseudonym_of(cast.disability, cast.member)
    assert code == pseudonym_of(type(cast.disability).objects.get(slug="disability"), cast.member)
    assert code != pseudonym_of(cast.torture, cast.member)
    assert code != pseudonym_of(cast.disability, cast.second_member)
    assert len(code) == 5
    assert code.isalnum()


def outside(thing: Post | Thread) -> tuple[str | None, str | None, str | None]:
    shown = shown_outside_the_room(thing)
    return shown.organisation, shown.name, shown.pseudonym


def test_outside_the_room_no_person_is_named(cast: Cast) -> None:
    post = written(cast, Byline.NAMED)
    assert outside(post) == (ORGANISATION, None, None)
    assert outside(a_post(post.thread, cast.outsider, byline="shielded")) == (None, None, None)


def test_nothing_leaves_a_chatham_house_room_with_a_name(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member, byline="named")
    assert shown_by(thread, audience="member").name == "Member"
    assert outside(thread) == outside(thread.posts.get()) == (None, None, None)
    assert shown_outside_the_room(thread).byline is Byline.SHIELDED
