"""Reads the fictional story as its loader will, and names the words it may use."""

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

Table: TypeAlias = dict[str, Any]

STORY = Path(__file__).parents[2] / "dialogue" / "demo" / "story"
TODAY = datetime(2026, 11, 23)
LANGUAGES = {"kk", "ru", "en"}
OFFICE_ROLES = {"moderator", "officer", "approver", "safety"}
ROLES = OFFICE_ROLES | {"member", "lead", "authority", "observer"}
URGENCIES = {"low", "normal", "high", "urgent"}
MARKINGS = {"public", "members", "room", "office"}
BYLINES = {"organisation", "named", "shielded"}
REACTIONS = {"same_here", "seen", "thanks", "important"}
THEMES = {
    "torture", "liberty", "justice", "expression", "assembly", "belief", "privacy", "equality", "gbv",
    "disability", "child", "minority", "migration", "social", "health_edu", "environment",
}  # fmt: skip
GROUPS = {
    "women", "children", "youth", "pwd", "older", "detained", "ethnic", "religious", "migrants", "hrd",
    "survivors", "rural",
}  # fmt: skip
DUTY_BEARERS = {
    "ministry", "akimat", "police", "penitentiary", "prosecutor", "court", "legislature", "maslikhat",
    "institution", "security", "company",
}  # fmt: skip
ISSUE_PATH = ["registered", "inquiry", "with_authority", "follow_up", "closing", "closed"]
POSITIONS = {"accepted", "accepted_in_part", "noted", "rejected", "no_reply"}
IMPLEMENTATIONS = {"not_assessed", "none", "in_progress", "partial", "full", "contrary", "obsolete"}
AFTER = re.compile(r"\d+[dhm]( \d+[dhm])*")
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
REAL_PLACES = {
    "Астана", "Алматы", "Алма-Ат", "Шымкент", "Қарағанды", "Караганд", "Ақтөбе", "Актоб", "Атырау",
    "Маңғыстау", "Мангистау", "Қостанай", "Костана", "Павлодар", "Жамбыл", "Түркістан", "Туркестан",
    "Қызылорда", "Кызылорд", "Ақмола", "Акмол", "Семей", "Astana", "Almaty", "Shymkent", "Karaganda",
    "Atyrau",
}  # fmt: skip
NEVER_WRITTEN = {
    r"KZ-\d\d": "a region code makes a real akimat look meant",
    r"\d{12}": "twelve digits look like somebody's identity number",
    r"\bинвалид(?!ност)|\bмүгедек(?!тіг)": "people come first in the words for disability",
    r"служебн": "an office note is a внутренняя заметка",
    r"@(?!demo\.example)": "addresses live in demo.example only",
}


def read(name: str) -> Table:
    return tomllib.loads((STORY / name).read_text(encoding="utf-8"))


def indexed(things: list[Table], by: str = "key") -> dict[str, Table]:
    index = {thing[by]: thing for thing in things}
    assert len(index) == len(things), "two things share a key"
    return index


ORGANISATIONS = indexed(read("people.toml")["organisations"])
PEOPLE = indexed(read("people.toml")["people"])
ROOMS = indexed(read("rooms.toml")["rooms"], by="slug")
THREADS = indexed([read(f"threads/{path.name}") for path in sorted((STORY / "threads").iterdir())])
ISSUES = indexed(read("issues.toml")["issues"])
OFFICE = {key for key, person in PEOPLE.items() if person["organisation"] == "office"}


def offset(after: str) -> timedelta:
    assert AFTER.fullmatch(after), after
    units = {"d": "days", "h": "hours", "m": "minutes"}
    return sum((timedelta(**{units[part[-1]]: int(part[:-1])}) for part in after.split()), timedelta())


def told(thread: Table) -> Iterator[tuple[datetime, Table]]:
    """The opening and every entry with its moment, as if the story were loaded on its own day."""
    days = thread["days_ago"] if "days_ago" in thread else thread["working_days_ago"]
    moment = datetime.combine(TODAY - timedelta(days=days), time.fromisoformat(thread["at"]))
    opening = {"do": "post", "author": thread["raised_by"], "byline": thread["byline"]}
    yield moment, opening | thread["opening"]
    for entry in thread["entries"]:
        moment += offset(entry["after"])
        yield moment, entry


def posts(thread: Table) -> list[Table]:
    return [entry for _, entry in told(thread) if entry["do"] == "post"]


def seated(thread: Table) -> set[str]:
    return OFFICE | set(ROOMS[thread["room"]]["seats"])


def tables(thing: Any) -> Iterator[Table]:
    """Every table of a file, at any depth."""
    if isinstance(thing, dict):
        yield thing
    within = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    for one in within:
        yield from tables(one)


def every_file() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(STORY.rglob("*.*"))}
