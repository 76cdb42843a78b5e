"""The streams of an issue: live, catch-up and polling agree, and the office's part reaches nobody else."""

import uuid
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dialogue.issues.actions import assignment, escalation, notes, recommendations, replies, wording
from dialogue.issues.actions.moving import move
from dialogue.issues.models import Issue, Recommendation
from dialogue.realtime.acting import in_pool
from dialogue.realtime.frames import issues
from tests.issues.carried import BOTH, a_draft, an_issue, answer, today
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.test_same_everywhere import Watch
from tests.realtime.sockets.town import Town

SECRET = "zhasyryn"
Act = Callable[[Town, Issue], Any]
MEMBERS = ("member", "second_member", "observer")
OFFICE = ("moderator", "officer", "approver", "safety")


def key() -> dict[str, Any]:
    return {"key": uuid.uuid4()}


def latest(town: Town) -> Recommendation:
    return Recommendation.objects.latest("pk")


def drafted(town: Town, issue: Issue) -> None:
    a_draft(town.cast, issue)


def late(town: Town, issue: Issue) -> None:
    by_then = timezone.now() + timedelta(days=60)
    replies.record_no_reply(latest(town), by=town.cast.officer, now=by_then, **key())


def assessed(town: Town, issue: Issue) -> None:
    judged: dict[str, Any] = {"position": "accepted", "implementation": "none", "grade": "E"}
    replies.assess(latest(town), by=town.cast.officer, reasons={"ru": SECRET}, **judged, **key())


ALL, INSIDE = "", "office"
STORY: dict[str, tuple[str, Act]] = {
    "a note for the office": (
        INSIDE,
        lambda town, issue: notes.note(issue, by=town.cast.officer, texts={"ru": SECRET}, **key()),
    ),
    "a note for everyone": (
        ALL,
        lambda town, issue: notes.note(
            issue, by=town.cast.officer, texts={"ru": SECRET}, office_only=False, **key()
        ),
    ),
    "led": (
        ALL,
        lambda town, issue: assignment.assign(
            issue, by=town.cast.moderator, assignee=town.cast.officer, **key()
        ),
    ),
    "worded": (
        ALL,
        lambda town, issue: wording.reword(
            issue, by=town.cast.officer, lang="kk", title=SECRET, summary=SECRET, **key()
        ),
    ),
    "planned": (
        ALL,
        lambda town, issue: wording.plan_next_step(
            issue, by=town.cast.officer, on=today(), texts={"ru": SECRET}, **key()
        ),
    ),
    "moved": (ALL, lambda town, issue: move(issue, by=town.cast.officer, verb="inquire", **key())),
    "drafted": (INSIDE, drafted),
    "sent back": (
        INSIDE,
        lambda town, issue: recommendations.return_recommendation(
            latest(town), by=town.cast.approver, reason=SECRET, **key()
        ),
    ),
    "drafted anew": (
        INSIDE,
        lambda town, issue: recommendations.revise_recommendation(
            latest(town), by=town.cast.officer, texts=BOTH, **key()
        ),
    ),
    "signed": (
        ALL,
        lambda town, issue: recommendations.issue_recommendation(
            latest(town), by=town.cast.approver, **key()
        ),
    ),
    "received": (
        ALL,
        lambda town, issue: replies.record_receipt(
            latest(town), by=town.cast.authority, on=today(), channel="workspace", **key()
        ),
    ),
    "unanswered": (ALL, late),
    "answered": (ALL, lambda town, issue: answer(town.cast, latest(town))),
    "assessed": (ALL, assessed),
}


@pytest.mark.timeout(240)
async def test_live_is_replay_is_polling(town: Town) -> None:
    issue = await in_pool(an_issue, town.cast, town.thread)
    streams = [(name, issue.stream_name) for name in (*MEMBERS, *OFFICE)]
    streams += [(name, issue.office_stream_name) for name in OFFICE]
    kinds = set()
    async with AsyncExitStack() as stack:
        watches = [await Watch.begin(stack, town, name, stream) for name, stream in streams]
        for said, (part, act) in STORY.items():
            await in_pool(act, town, issue)
            for watch in watches:
                if watch.stream.endswith(":office") != (part == INSIDE):
                    continue
                live, caught, polled = await watch.hear_three_times()
                assert live == caught == polled, (said, watch.name)
                assert SECRET not in str(caught)
                assert all("stub" not in frame for frame in caught)
                kinds |= {frame["kind"] for frame in caught}
    assert kinds | {"issue.registered", "issue.escalated", "issue.returned"} == set(issues.BUILDERS)


async def test_what_was_given_back_is_told_to_the_office_alone(town: Town) -> None:
    issue = await in_pool(an_issue, town.cast, town.thread)
    async with AsyncExitStack() as stack:
        office = await Watch.begin(stack, town, "moderator", issue.office_stream_name)
        member = await Watch.begin(stack, town, "member", issue.stream_name)
        await in_pool(give_back, town, issue)
        live, caught, polled = await office.hear_three_times()
        assert [frame["kind"] for frame in live] == ["issue.returned"]
        assert live == caught == polled
        seen, _caught, _polled = await member.hear_three_times()
        assert [frame["facts"]["state"] for frame in seen] == ["closed"]


@pytest.mark.parametrize("name", ["member", "observer", "outsider", "authority", "data_officer", "nobody"])
async def test_the_offices_part_is_missing_for_others(name: str, town: Town) -> None:
    issue = await in_pool(an_issue, town.cast, town.thread)
    async with greeted(getattr(town.cast, name)) as page:
        page.send("subscribe", stream=issue.office_stream_name)
        assert (await page.hear("error"))["code"] == "not_found"


@pytest.mark.parametrize("name", ["outsider", "observer", "authority", "data_officer", "nobody"])
async def test_an_issue_of_a_closed_room_is_missing_for_strangers(name: str, town: Town) -> None:
    issue = await in_pool(an_issue, town.cast, town.closed_to_others)
    async with greeted(getattr(town.cast, name)) as page:
        page.send("subscribe", stream=issue.stream_name)
        assert (await page.hear("error"))["code"] == "not_found"


def give_back(town: Town, issue: Issue) -> None:
    escalation.return_escalation(issue, by=town.cast.officer, reason=SECRET, **key())
