"""The threads of the story: what was said, and what the moderators did about it."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from dialogue.demo.people import STORY
from dialogue.demo.telling import Deed, StoryTold, act_key
from dialogue.demo.times import Times, span
from dialogue.rooms.actions import holds, posts, triage
from dialogue.rooms.actions.reactions import react
from dialogue.rooms.actions.threads import raise_thread
from dialogue.rooms.models import Room
from dialogue.text.refusals import Conflict

Row = dict[str, Any]

_A_MINUTE: Final = timedelta(minutes=1)


def read_threads() -> list[Row]:
    files = sorted((STORY / "threads").glob("*.toml"))
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]


def deeds_of_threads(
    rows: list[Row], rooms: Mapping[str, Room], told: StoryTold, *, times: Times
) -> Iterator[Deed]:
    """All but escalations, which issues tell."""
    for row in rows:
        yield from _Thread(row, rooms[row["room"]], told).deeds(times.start_of(row))


def moments_of(row: Row, start: datetime) -> Iterator[tuple[datetime, Row]]:
    """Each entry after the opening, with its moment."""
    moment = start
    for entry in row["entries"]:
        moment += span(entry["after"])
        yield moment, entry


class _Thread:
    def __init__(self, row: Row, room: Room, told: StoryTold) -> None:
        self.row, self.room, self.told = row, room, told

    def deeds(self, start: datetime) -> Iterator[Deed]:
        yield Deed(start, lambda: self._raise(start))
        yield from self._around(self.row["opening"], start)
        for number, (moment, entry) in enumerate(moments_of(self.row, start)):
            yield self._deed(entry, moment, key=f"{self.row['key']}/{number}")
            if entry["do"] == "post":
                yield from self._around(entry, moment)

    def _deed(self, entry: Row, moment: datetime, *, key: str) -> Deed:
        do = {"post": self._post, "signpost": self._signpost}.get(entry["do"], self._step)
        return Deed(moment, lambda: self._if_told(lambda: do(entry, moment, key)))

    def _around(self, post: Row, moment: datetime) -> Iterator[Deed]:
        """Signs left under a post a minute later, its change, its withdrawal."""
        for sign, people in post.get("reactions", {}).items():
            for key in people:
                yield self._later(moment + _A_MINUTE, self._react, post["key"], sign, key)
        if "edited" in post:
            yield self._later(moment + span(post["edited_after"]), self._edit, post)
        if "withdrawn" in post:
            yield self._later(moment + span(post["withdrawn_after"]), self._withdraw, post)

    def _later(self, moment: datetime, do: Any, *about: Any) -> Deed:
        return Deed(moment, lambda: self._if_told(lambda: do(*about, now=moment)))

    def _if_told(self, do: Any) -> None:
        if self.row["key"] in self.told.threads:
            do()

    def _raise(self, now: datetime) -> None:
        """A thread that was loaded before, with these words or older ones, stays as it is."""
        row, by = self.row, self.told.person(self.row["raised_by"])
        codes = {name: row[name] for name in ("theme", "groups", "urgency", "byline")}
        codes |= {name: row[name] for name in ("duty_bearer", "marking") if name in row}
        words = {"title": row["title"], "body": row["opening"]["body"], "lang": row["lang"]}
        try:
            done = raise_thread(
                self.room, by=by, key=act_key(row["key"]), kind=row["kind"], **words, **codes, now=now
            )
        except Conflict as refusal:
            if refusal.code == "key_reused":
                return
            raise
        if not done.is_repeat:
            self.told.keep_thread(row["key"], done.thing, by)
            self.told.posts[row["opening"]["key"]] = self.told.threads[row["key"]].posts.get()

    def _post(self, entry: Row, now: datetime, key: str) -> None:
        by = self.told.person(entry["author"])
        done = posts.post(
            self.told.threads[self.row["key"]],
            by=by,
            key=act_key(key),
            body=entry["body"],
            lang=entry.get("lang"),
            byline=entry["byline"],
            reply_to=self.told.posts[entry["reply_to"]].public_id if "reply_to" in entry else None,
            office_only=entry.get("office_note", False),
            now=now,
        )
        self.told.keep_post(entry["key"], self.row["key"], done.thing)

    def _signpost(self, entry: Row, now: datetime, key: str) -> None:
        """As a post alone: the story closes with a note of its own."""
        by = self.told.person(entry["by"])
        thread = self.told.threads[self.row["key"]]
        posts.post(
            thread, by=by, key=act_key(key), body=entry["text"], byline="named", purpose="signpost", now=now
        )

    def _step(self, entry: Row, now: datetime, key: str) -> None:
        by = self.told.person(entry["by"])
        thread = self.told.thread_now(self.row["key"], by)
        usual: dict[str, Any] = {"by": by, "key": act_key(key), "now": now}
        match entry["do"]:
            case "acknowledge":
                triage.acknowledge(thread, **usual)
            case "take":
                triage.take(thread, **usual)
            case "ask":
                triage.ask(thread, body=entry["text"], **usual)
            case "close":
                triage.close(thread, outcome=entry["outcome"], note=entry["note"], **usual)
            case "hold":
                holds.hold(thread, reason=entry["reason"], **usual)

    def _react(self, post: str, sign: str, person: str, *, now: datetime) -> None:
        by = self.told.person(person)
        key = act_key(post, sign, person)
        react(self.told.posts[post], by=by, key=key, reaction=sign, on=True, now=now)

    def _edit(self, entry: Row, *, now: datetime) -> None:
        by = self.told.person(entry["author"])
        post, key = self.told.posts[entry["key"]], act_key(entry["key"], "edited")
        posts.edit(post, by=by, key=key, version=1, body=entry["edited"], now=now)

    def _withdraw(self, entry: Row, *, now: datetime) -> None:
        by = self.told.person(entry["author"])
        post = self.told.posts[entry["key"]]
        posts.withdraw(post, by=by, key=act_key(entry["key"], "withdrawn"), now=now)
