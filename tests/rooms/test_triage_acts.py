"""What each verb of triage leaves behind, and what it refuses to leave."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from dialogue.journal import entries
from dialogue.journal.acts import Done
from dialogue.rooms import access, kinds
from dialogue.rooms.actions import triage
from dialogue.rooms.actions.posts import post
from dialogue.rooms.models import Acknowledgement, Post, Thread, TriageStep
from dialogue.rooms.states import Mover, ThreadState, verbs_from
from dialogue.text.refusals import Conflict, Invalid, NotFound
from tests.cast import Cast, a_thread
from tests.rooms.test_triage import in_state

pytestmark = pytest.mark.django_db


def test_a_move_is_told_with_codes_and_kept_with_its_note(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    done = triage.close(thread, by=cast.moderator, key=uuid.uuid4(), outcome="resolved", note=" Built. ")
    step = TriageStep.objects.get(thread=thread)
    assert (step.verb, step.source, step.target) == ("close", "open", "closed")
    assert (step.outcome, step.note, step.by) == ("resolved", "Built.", cast.moderator)
    entry = entries.entries_after(cast.disability.stream_name, done.place.position - 1, limit=9)[0]
    assert entry.kind == kinds.THREAD_MOVED
    assert entry.refs == {
        "thread": thread.public_id,
        "verb": "close",
        "source": "open",
        "target": "closed",
        "outcome": "resolved",
    }
    assert (thread.state, thread.outcome, thread.state_since) == ("closed", "resolved", entry.happened_at)


@pytest.mark.parametrize("note", ["", "   ", "\u200b"])
def test_nothing_closes_or_is_withdrawn_without_a_note(cast: Cast, note: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    with pytest.raises(Invalid) as refused:
        triage.close(thread, by=cast.moderator, key=uuid.uuid4(), outcome="resolved", note=note)
    assert (refused.value.code, refused.value.field) == ("empty", "note")
    with pytest.raises(Invalid):
        triage.withdraw(thread, by=cast.member, key=uuid.uuid4(), note=note)
    assert not TriageStep.objects.exists()


@pytest.mark.parametrize("outcome", ["withdrawn", "implemented", "", "closed"])
def test_an_outcome_is_one_of_the_list_and_withdrawing_is_the_authors(cast: Cast, outcome: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    with pytest.raises(Invalid) as refused:
        triage.close(thread, by=cast.moderator, key=uuid.uuid4(), outcome=outcome, note="Done.")
    assert (refused.value.code, refused.value.field) == ("not_a_choice", "outcome")


def test_acknowledging_is_a_record_and_happens_once(cast: Cast) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    assert access.can_acknowledge(cast.moderator, thread)
    assert not access.can_acknowledge(cast.officer, thread)
    done = triage.acknowledge(thread, by=cast.moderator, key=key)
    again = triage.acknowledge(thread, by=cast.moderator, key=key)
    assert (again.is_repeat, again.place) == (True, done.place)
    with pytest.raises(Conflict) as refused:
        triage.acknowledge(thread, by=cast.moderator, key=uuid.uuid4())
    assert refused.value.code == "already_acknowledged"
    assert Acknowledgement.objects.get().by == cast.moderator
    seen = access.visible_thread(cast.moderator, thread.public_id)
    assert seen.state == "open"
    assert not access.can_acknowledge(cast.moderator, seen)


def test_taking_names_who_took_it(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    triage.take(thread, by=cast.moderator, key=uuid.uuid4())
    assert (thread.state, thread.taken_by) == ("in_review", cast.moderator)


def test_a_question_is_a_post_and_the_authors_next_post_is_the_reply(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    triage.ask(thread, by=cast.moderator, key=uuid.uuid4(), body="Which court?")
    question = Post.objects.get(purpose="question")
    assert (question.byline, question.lang, question.author) == ("named", "en", cast.moderator)
    assert (thread.state, thread.post_count, thread.last_position) == ("awaiting_info", 2, question.position)
    post(thread, by=cast.second_member, key=uuid.uuid4(), body="We wonder too.")
    assert Thread.objects.get().state == "awaiting_info"
    post(thread, by=cast.member, key=uuid.uuid4(), body="The city court.")
    assert Thread.objects.get().state == "in_review"
    assert [step.verb for step in TriageStep.objects.all()] == ["ask", "reply"]


@pytest.mark.parametrize(("act", "outcome"), [(triage.answer, "answered"), (triage.signpost, "signposted")])
def test_an_answer_closes_the_thread_and_is_its_note(
    cast: Cast, act: Callable[..., Done], outcome: str
) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    done = act(thread, by=cast.moderator, key=key, body="Here is how.")
    assert (thread.state, thread.outcome, thread.post_count) == ("closed", outcome, 2)
    said = Post.objects.get(author=cast.moderator)
    assert said.purpose == {"answered": "answer"}.get(outcome, "signpost")
    assert said.position == done.place.position - 1
    assert act(thread, by=cast.moderator, key=key, body="Here is how.").is_repeat
    with pytest.raises(Conflict) as refused:
        act(thread, by=cast.moderator, key=key, body="Or else.")
    assert refused.value.code == "key_reused"


def test_a_post_that_came_between_is_counted(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    seen_before = access.visible_thread(cast.moderator, thread.public_id)
    post(thread, by=cast.second_member, key=uuid.uuid4(), body="We too.")
    triage.ask(seen_before, by=cast.moderator, key=uuid.uuid4(), body="Where?")
    thread.refresh_from_db()
    assert thread.post_count == Post.objects.filter(thread=thread).count() == 3


def test_a_refused_move_leaves_no_post_behind(cast: Cast) -> None:
    thread = in_state(a_thread(cast.disability, cast.member), ThreadState.ESCALATED)
    head = entries.head_of(cast.disability.stream_name).position
    with pytest.raises(Conflict) as refused:
        triage.answer(thread, by=cast.moderator, key=uuid.uuid4(), body="Too late.")
    assert refused.value.code == "transition_not_allowed"
    assert refused.value.current is not None
    assert refused.value.current["verbs"] == [*verbs_from(ThreadState.ESCALATED, Mover.MODERATOR)]
    assert Post.objects.count() == 1
    assert entries.head_of(cast.disability.stream_name).position == head


def test_who_decided_on_an_older_view_hears_how_it_stands(cast: Cast) -> None:
    """Both moves are allowed from either state; still the second moderator saw something else."""
    thread = a_thread(cast.disability, cast.member)
    seen_by_other = access.visible_thread(cast.moderator, thread.public_id)
    triage.take(thread, by=cast.moderator, key=uuid.uuid4())
    with pytest.raises(Conflict) as refused:
        triage.ask(seen_by_other, by=cast.moderator, key=uuid.uuid4(), body="Where?")
    assert refused.value.code == "already_moved"
    current = refused.value.current
    assert current is not None
    assert (current["state"], current["version"]) == ("in_review", thread.version)
    assert current["verbs"] == ["ask", "escalate", "close"]


def test_a_retried_move_finds_the_first_one(cast: Cast) -> None:
    thread, key = a_thread(cast.disability, cast.member), uuid.uuid4()
    first = triage.take(thread, by=cast.moderator, key=key)
    again = triage.take(thread, by=cast.moderator, key=key)
    assert (again.is_repeat, again.place) == (True, first.place)
    assert TriageStep.objects.count() == 1


def test_an_author_reopens_for_thirty_days_and_the_clock_starts_again(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    raised_due = thread.due_at
    triage.close(thread, by=cast.moderator, key=uuid.uuid4(), outcome="resolved", note="Built.")
    later = thread.state_since + timedelta(days=30)
    with pytest.raises(Conflict):
        triage.reopen(thread, by=cast.member, key=uuid.uuid4(), now=later + timedelta(seconds=1))
    triage.reopen(thread, by=cast.member, key=uuid.uuid4(), now=later)
    assert (thread.state, thread.outcome, thread.taken_by) == ("open", "", None)
    assert thread.due_at is not None
    assert raised_due is not None
    assert thread.due_at > raised_due


def test_a_moderator_reopens_with_a_note_at_any_time(cast: Cast) -> None:
    thread = in_state(a_thread(cast.disability, cast.member), ThreadState.CLOSED)
    later = timezone.now() + timedelta(days=300)
    with pytest.raises(Invalid):
        triage.reopen(thread, by=cast.moderator, key=uuid.uuid4(), now=later)
    triage.reopen(thread, by=cast.moderator, key=uuid.uuid4(), note="New facts.", now=later)
    assert thread.state == "open"


def test_what_is_for_the_office_only_is_told_in_its_stream(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member, marking="office")
    room_head = entries.head_of(cast.torture.stream_name).position
    triage.acknowledge(thread, by=cast.moderator, key=uuid.uuid4())
    moved = triage.ask(thread, by=cast.moderator, key=uuid.uuid4(), body="Since when?")
    assert moved.place.stream == cast.torture.office_stream_name
    assert entries.head_of(cast.torture.stream_name).position == room_head
    for entry in entries.entries_after(cast.torture.office_stream_name, 1, limit=9):
        assert entry.refs["after"] == room_head, entry.kind
    with pytest.raises(NotFound):
        triage.take(thread, by=cast.second_member, key=uuid.uuid4())
