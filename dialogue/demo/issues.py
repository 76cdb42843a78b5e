"""The issues of the story: escalated from its threads, recommended upon, answered, assessed."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from dialogue.calendar.working_days import current_calendar, due_after, today_in_almaty
from dialogue.demo.people import STORY
from dialogue.demo.telling import Deed, StoryTold, act_key
from dialogue.demo.threads import moments_of
from dialogue.demo.times import Times
from dialogue.issues.access import visible_issue, visible_recommendation
from dialogue.issues.actions import assignment, escalation, moving, notes, recommendations, replies, wording
from dialogue.issues.actions.numbering import skip_numbers
from dialogue.issues.models import Issue, Recommendation

Row = dict[str, Any]
Doing = Callable[[datetime], None]

_A_BIT: Final = timedelta(minutes=5)
_VERBS: Final = {"inquiry": "inquire", "follow_up": "check", "closing": "start_closing", "closed": "close"}
# What happens on one day, in the order in which it makes sense.
_RANKS: Final = ("draft", "issue", "receive", "answer", "lapse", "assess", "move", "note", "plan")


def deeds_of_issues(threads: list[Row], told: StoryTold, *, times: Times) -> Iterator[Deed]:
    rows = {row["key"]: row for row in _read()}
    for thread in threads:
        for moment, entry in moments_of(thread, times.start_of(thread)):
            if entry["do"] == "escalate":
                yield from _Issue(rows[entry["issue"]], thread, told=told, times=times).deeds(
                    moment, by=entry["by"]
                )


def _read() -> list[Row]:
    rows: list[Row] = tomllib.loads((STORY / "issues.toml").read_text(encoding="utf-8"))["issues"]
    return rows


class _Issue:
    def __init__(self, row: Row, thread: Row, *, told: StoryTold, times: Times) -> None:
        self.row, self.thread, self.told, self.times = row, thread, told, times

    def deeds(self, escalated_at: datetime, *, by: str) -> Iterator[Deed]:
        """Everything after the escalation, day by day; where the story has only days, the morning."""
        yield self._deed(escalated_at, partial(self._escalate, by))
        moment = escalated_at
        for day, _rank, act in sorted(self._steps(by), key=lambda step: step[:2]):
            moment = max(self.times.on(day), moment + _A_BIT)
            yield self._deed(moment, act)

    def _deed(self, moment: datetime, act: Doing) -> Deed:
        return Deed(moment, lambda: act(moment) if self.thread["key"] in self.told.threads else None)

    def _steps(self, escalated_by: str) -> Iterator[tuple[date, int, Doing]]:
        """(day of the story, rank within the day, act)."""
        row = self.row
        first = min(move["on"] for move in row["moves"])
        yield first, -1, partial(self._assign, escalated_by)
        for move in row["moves"]:
            if move["state"] in _VERBS:
                yield move["on"], _RANKS.index("move"), partial(self._move, move)
        for note in row["notes"]:
            yield note["on"], _RANKS.index("note"), partial(self._note, note)
        for one in row["recommendations"]:
            yield from _Recommendation(one, self).steps()
        if "next_step" in row:
            yield self._last_day(), _RANKS.index("plan"), self._plan

    def _last_day(self) -> date:
        days: list[date] = [move["on"] for move in self.row["moves"]]
        days += [one.get("received_on", one["drafted_on"]) for one in self.row["recommendations"]]
        return max(days)

    def issue(self, by: str) -> Issue:
        return visible_issue(self.told.person(by), self.told.issues[self.row["key"]])

    def usual(self, by: str, now: datetime, *names: str) -> dict[str, Any]:
        return {"by": self.told.person(by), "key": act_key("issues", self.row["key"], *names), "now": now}

    def _escalate(self, by: str, now: datetime) -> None:
        row, lang = self.row, self.thread["lang"]
        skip_numbers(year=today_in_almaty(now).year, up_to=row["sequence"] - 1)
        words = {
            code: {"title": row["title"][code], "summary": row["summary"][code]} for code in row["title"]
        }
        done = escalation.escalate(
            self.told.thread_now(self.thread["key"], self.told.person(by)),
            **words.pop(lang),
            lang=lang,
            translations=words,
            theme=row["theme"],
            priority=row["priority"],
            exhibits=[self.told.posts[key].public_id for key in row["exhibits"]],
            **self.usual(by, now),
        )
        self.told.issues[row["key"]] = done.thing

    def _assign(self, by: str, now: datetime) -> None:
        assignee = self.told.person(self.row["assignee"])
        assignment.assign(self.issue(by), assignee=assignee, **self.usual(by, now, "assigned"))

    def _move(self, move: Row, now: datetime) -> None:
        verb, said = _VERBS[move["state"]], {}
        if move["state"] in ("closing", "closed"):
            said = {"note": self.row["closing"]["note"][self.thread["lang"]]}
        if move["state"] == "closed":
            said["outcome"] = self.row["outcome"]
        moving.move(self.issue(move["by"]), verb=verb, **said, **self.usual(move["by"], now, move["state"]))

    def _note(self, note: Row, now: datetime) -> None:
        usual = self.usual(note["by"], now, "note", note["on"].isoformat())
        notes.note(self.issue(note["by"]), texts=texts_of(note), office_only=False, **usual)

    def _plan(self, now: datetime) -> None:
        by, step = self.row["assignee"], self.row["next_step"]
        on = self.times.moved(step["on"])
        wording.plan_next_step(self.issue(by), on=on, texts=texts_of(step), **self.usual(by, now, "plan"))


class _Recommendation:
    def __init__(self, row: Row, issue: _Issue) -> None:
        self.row, self.of = row, issue

    def steps(self) -> Iterator[tuple[date, int, Doing]]:
        row = self.row
        yield row["drafted_on"], _RANKS.index("draft"), self._draft
        if "issued_on" in row:
            yield row["issued_on"], _RANKS.index("issue"), self._issue
            yield row["received_on"], _RANKS.index("receive"), self._receive
        if "reminders" in row:
            yield self._lapsed_on(), _RANKS.index("lapse"), self._lapse
        for one in row.get("responses", []):
            yield one["on"], _RANKS.index("answer"), partial(self._answer, one)
        for one in row.get("assessments", []):
            yield one["on"], _RANKS.index("assess"), partial(self._assess, one)

    def _lapsed_on(self) -> date:
        """With the first reminder; later where holidays of these weeks gave the authority longer."""
        times = self.of.times
        received = times.moved(self.row["received_on"])
        due = due_after(received, replies.REPLY_WITHIN_WORKING_DAYS, calendar=current_calendar())
        first_late = self.row["received_on"] + (due.on - received) + timedelta(days=1)
        days: list[date] = [first_late, self.row["reminders"][0]]
        return max(days)

    def _found(self, by: str) -> Recommendation:
        return visible_recommendation(self.of.told.person(by), self.of.told.recommendations[self.row["key"]])

    def _usual(self, by: str, now: datetime, *names: str) -> dict[str, Any]:
        return self.of.usual(by, now, self.row["key"], *names)

    def _draft(self, now: datetime) -> None:
        row, by = self.row, self.row["drafted_by"]
        done = recommendations.draft_recommendation(
            self.of.issue(by),
            addressee=row["addressee"],
            texts=row["text"],
            legal_basis=row["legal_basis"],
            **self._usual(by, now, "drafted"),
        )
        self.of.told.recommendations[row["key"]] = done.thing

    def _issue(self, now: datetime) -> None:
        by = self.row["issued_by"]
        recommendations.issue_recommendation(self._found(by), **self._usual(by, now, "issued"))

    def _receive(self, now: datetime) -> None:
        way = dict(self.row["receipt"])
        by = way.pop("by", self.row["drafted_by"])
        on = self.of.times.moved(self.row["received_on"])
        replies.record_receipt(self._found(by), on=on, **way, **self._usual(by, now, "received"))

    def _answer(self, answer: Row, now: datetime) -> None:
        by = str(answer.get("by", self.row["drafted_by"]))
        said = {
            name: answer[name] for name in ("channel", "number", "position", "text", "lang") if name in answer
        }
        usual = self._usual(by, now, "answered", answer["on"].isoformat())
        replies.record_response(self._found(by), on=self.of.times.moved(answer["on"]), **said, **usual)

    def _lapse(self, now: datetime) -> None:
        by = self.row["drafted_by"]
        replies.record_no_reply(self._found(by), **self._usual(by, now, "lapsed"))

    def _assess(self, judged: Row, now: datetime) -> None:
        by = judged["by"]
        axes = {name: judged[name] for name in ("position", "implementation", "grade")}
        usual = self._usual(by, now, "assessed", judged["on"].isoformat())
        replies.assess(self._found(by), reasons=judged["reason"], **axes, **usual)


def texts_of(row: Row) -> dict[str, str]:
    return {code: row[code] for code in ("kk", "ru", "en")}
