"""After a backup was put back: another epoch for every stream, and the same positions."""

from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command

from dialogue.journal import entries, epochs
from dialogue.journal.models import Stream

NAMES = ("room:steppe", "room:steppe:office", "issue:OMB-2026-00042")
NOW_AND_THEN = 3

pytestmark = pytest.mark.django_db


@pytest.fixture
def before() -> dict[str, entries.Place]:
    for name in NAMES:
        for _ in range(NOW_AND_THEN):
            with entries.opening([name]) as opened:
                opened.record("post.added", stream=name)
    return entries.heads_of(NAMES)


def renew(*words: str) -> str:
    out = StringIO()
    call_command("renew_epochs", *words, stdout=out)
    return out.getvalue()


def test_each_stream_gets_another_epoch_and_keeps_its_place(before: dict[str, entries.Place]) -> None:
    assert renew("--yes") == "3 streams have a new epoch.\n"
    after = entries.heads_of(NAMES)
    assert {name: head.position for name, head in after.items()} == dict.fromkeys(NAMES, NOW_AND_THEN)
    assert {head.epoch for head in after.values()}.isdisjoint(head.epoch for head in before.values())
    assert len({head.epoch for head in after.values()}) == len(NAMES)


def test_what_is_recorded_next_follows_in_the_new_epoch(before: dict[str, entries.Place]) -> None:
    epochs.renew_epochs()
    with entries.opening([NAMES[0]]) as opened:
        place = opened.record("post.added", stream=NAMES[0])
    assert place == entries.head_of(NAMES[0])
    assert place.position == NOW_AND_THEN + 1
    assert place.epoch != before[NAMES[0]].epoch


def test_more_streams_than_one_statement_takes(before: dict[str, entries.Place]) -> None:
    with patch.object(epochs, "AT_ONCE", 2):
        assert epochs.renew_epochs() == len(NAMES)
    after = entries.heads_of(NAMES)
    assert not [name for name in NAMES if after[name].epoch == before[name].epoch]


def test_all_or_none(before: dict[str, entries.Place]) -> None:
    written = Stream.objects.bulk_update

    def fail_at_the_end(*streams: Any, **how: Any) -> None:
        written(*streams, **how)
        raise ConnectionError

    with (
        patch.object(Stream.objects, "bulk_update", side_effect=fail_at_the_end),
        pytest.raises(ConnectionError),
    ):
        epochs.renew_epochs()
    assert entries.heads_of(NAMES) == before


def test_it_asks_first(before: dict[str, entries.Place]) -> None:
    with patch("builtins.input", return_value="yes") as question:
        said = renew()
    assert "web processes stopped" in question.call_args[0][0]
    assert said.startswith("3 streams get a new epoch")
    assert entries.heads_of(NAMES) != before


@pytest.mark.parametrize("answer", ["", "no", EOFError])
def test_nothing_happens_without_a_yes(
    before: dict[str, entries.Place], answer: str | type[Exception]
) -> None:
    with (
        patch("builtins.input", side_effect=[answer]),
        pytest.raises(CommandError, match="Nothing was changed"),
    ):
        renew()
    assert entries.heads_of(NAMES) == before


def test_an_empty_journal_is_no_fault() -> None:
    Stream.objects.all().delete()
    assert renew("--yes") == "0 streams have a new epoch.\n"
