"""Generated: one of every kind of thing, and everybody's mail searched for what must not be in it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from dialogue.accounts.models import User
from dialogue.digests.actions.subscriptions import choose
from dialogue.digests.models import Frequency
from dialogue.issues.access import issues_visible_to
from dialogue.issues.actions.following import follow
from dialogue.issues.models import Issue
from dialogue.rooms.access import threads_visible_to
from dialogue.rooms.actions import triage
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.seats import take_seat
from dialogue.rooms.models import Marking, Room, Thread
from tests.cast import ROLES, Cast, a_post, a_thread, crowd
from tests.digests.week import LAST_WEEK, an_issue, digest_of, key, told

pytestmark = pytest.mark.django_db
NAMED = {Marking.PUBLIC, Marking.MEMBERS}


@dataclass
class Told:
    """A thing and the word by which it would be found in a mail."""

    word: str
    thread: Thread
    issue: Issue | None = None


@pytest.fixture
def world(cast: Cast) -> list[Told]:
    """Every room × marking × byline × what the office did with it, by two authors."""
    for room in (cast.disability, cast.torture):
        crowd(room, 6)
    return list(_things(cast))


def _things(cast: Cast) -> Iterator[Told]:
    courses, bylines = ("left", "asked", "escalated", "held"), ("organisation", "shielded")
    several = itertools.product(_rooms_and_markings(cast), bylines, courses)
    for number, ((room, marking), byline, course) in enumerate(several):
        word, authors = f"canary{number:03}title", (cast.member, cast.second_member)
        author = authors[(number + number // 4) % 2]
        thread = a_thread(
            room, author, title=word, body=f"{word}body", marking=marking, byline=byline, now=LAST_WEEK
        )
        other = author if marking == "office" else cast.second_member
        a_post(thread, other, body=f"{word}post", now=LAST_WEEK)
        a_post(thread, cast.moderator, body=f"{word}note", office_only=True, now=LAST_WEEK)
        yield Told(word, thread, _went(thread, course, word, cast))


def _rooms_and_markings(cast: Cast) -> Iterator[tuple[Room, str]]:
    yield from ((cast.disability, marking) for marking in ("members", "room", "office"))
    yield from ((cast.torture, marking) for marking in ("room", "office"))


def _went(thread: Thread, course: str, word: str, cast: Cast) -> Issue | None:
    if course == "asked":
        triage.ask(thread, by=cast.moderator, key=key(), body=f"{word}question", now=LAST_WEEK)
    elif course == "held":
        hold(thread, by=cast.moderator, key=key(), reason=f"{word}reason", now=LAST_WEEK)
    elif course == "escalated":
        issue = an_issue(thread, cast.moderator, title=f"{word}issue", summary=f"{word}summary")
        for name in ROLES:
            if issues_visible_to(cast.named(name)).filter(pk=issue.pk).exists():
                follow(issue, by=getattr(cast, name), now=LAST_WEEK)
        return issue
    return None


def everything(person: User) -> str:
    return told(person).lower()


def test_no_mail_holds_what_its_reader_may_not_read(cast: Cast, world: list[Told]) -> None:
    people = {getattr(cast, other).name.lower() for other in ROLES if "_" in other}
    never = (*people, *(set(cast.organisations) - {"office"}), "torture", "@demo.example")
    for name in ROLES:
        person: User = getattr(cast, name)
        mail = everything(person)
        assert not [word for word in never if word in mail], name
        for part in ("body", "post", "note", "question", "reason", "summary"):
            assert not [thing.word for thing in world if f"{thing.word}{part}" in mail], (name, part)
        _assert_only_open_titles(person, mail, world)


def _assert_only_open_titles(person: User, mail: str, world: list[Told]) -> None:
    threads = set(threads_visible_to(person).filter(held_at=None).values_list("pk", flat=True))
    issues = set(issues_visible_to(person).values_list("pk", flat=True))
    for thing in world:
        if f"{thing.word}issue" in mail:
            assert thing.issue is not None
            assert thing.issue.pk in issues
            assert thing.issue.marking in NAMED, (person, thing.word)
            mail = mail.replace(f"{thing.word}issue", "")
        if thing.word in mail:
            assert thing.thread.pk in threads, (person, thing.word)
            assert thing.thread.marking in NAMED, (person, thing.word)


def test_no_mail_says_that_its_reader_wrote_under_the_shield(cast: Cast, world: list[Told]) -> None:
    shielded = {thing.word for thing in world if thing.thread.byline == "shielded"}
    for person in (cast.member, cast.second_member):
        digest = digest_of(person)
        own = [change.thing.title for change in digest.changes if not change.thing.reference]
        own += [each.thing.title for each in digest.asked] + [each.thing.title for each in digest.deadlines]
        assert not shielded & set(own)
        sources = {change.thing.title: change.source for change in digest.changes}
        assert not [word for word in shielded if sources.get(f"{word}issue")]
    _assert_that_held_and_office_things_are_not_even_counted(cast)


def _assert_that_held_and_office_things_are_not_even_counted(cast: Cast) -> None:
    for name in ROLES:
        person: User = getattr(cast, name)
        visible = threads_visible_to(person).filter(held_at=None).exclude(marking=Marking.OFFICE)
        news = visible.exclude(raised_by=person).filter(title__startswith="canary")
        assert sum(room.concerns for room in digest_of(person).rooms) == news.count(), name
    assert [room.name for room in digest_of(cast.outsider).rooms] == ["disability en"]
    assert everything(cast.authority) == everything(cast.data_officer) == ""


def test_private_mode_says_only_that_there_is_news(cast: Cast) -> None:
    for room in (cast.disability, cast.torture):
        an_issue(a_thread(room, cast.member, now=LAST_WEEK), cast.moderator, title="canary")
    assert "canary" in everything(cast.member)
    choose(by=cast.member, frequency=Frequency.WEEKLY, is_private=True, now=LAST_WEEK)
    mail = everything(cast.member)
    assert "there is news for you" in mail
    for word in ("canary", "omb-", "disability", "concern", "issue", "restricted", "/rooms/"):
        assert word not in mail, word


def test_narrowed_since_means_no_longer_named(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="canary", now=LAST_WEEK)
    issue = an_issue(thread, cast.moderator, title="canary")
    assert "canary" in everything(cast.member)
    Thread.objects.filter(pk=thread.pk).update(marking=Marking.ROOM)
    assert "canary" not in everything(cast.member)
    assert issue.reference.lower() in everything(cast.member)


def test_what_was_said_before_somebody_sat_down_is_not_counted_for_them(cast: Cast) -> None:
    before = a_thread(cast.torture, cast.member, now=LAST_WEEK)
    running = a_thread(cast.torture, cast.member, now=LAST_WEEK)
    a_post(running, cast.second_member, now=LAST_WEEK)
    running.refresh_from_db()
    home = cast.organisations["far-lake"]
    floor = running.last_position
    take_seat(
        cast.torture, person=cast.outsider, for_organisation=home, by=cast.moderator, visible_from=floor
    )
    assert digest_of(cast.outsider).rooms == ()
    a_post(running, cast.second_member, now=LAST_WEEK)
    [news] = digest_of(cast.outsider).rooms
    assert (news.posts, news.name) == (1, "")
    assert before.title not in told(cast.outsider)
