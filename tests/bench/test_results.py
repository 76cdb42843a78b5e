"""The page of results says what was measured, and no more."""

from bench.catching_up import CaughtUp
from bench.loops import Figures
from bench.measuring import Entered, Measured
from bench.phases import LOOP_8, LOOP_32, WHOLE, Hall, Pace
from bench.reading import LongRoom, Pages
from bench.report import held
from bench.report.results import page
from bench.run import Results


def measured(speed: float = 1000.0, *, seconds: float = 2.0, lost: int = 0, posts: float = 10.0) -> Measured:
    figures = Figures(
        deliveries_per_second=speed,
        said_per_second=posts,
        deliveries=5000,
        p50_ms=1.0,
        p99_ms=2.0,
        lost=lost,
        doubled=0,
        disordered=0,
        closed=0,
        cpu_of_client=0.5,
    )
    return Measured(figures, cpu_seconds=seconds, database_seconds=1.0, is_noisy=False, tries=1)


def results(subject: str, hall: Hall, pace: Pace, *runs: Measured, into: Results | None = None) -> Results:
    found = into or Results(rounds_done=WHOLE.rounds)
    found.measured[subject, hall, pace].extend(runs)
    return found


def row_of(found: Results, beginning: str) -> held.Row:
    return next(row for row in held.must_hold(found) if row.figure.startswith(beginning))


def test_a_ratio_is_that_of_the_medians_and_its_spread_that_of_the_rounds() -> None:
    found = results("dialogue", Hall(500), LOOP_32, *map(measured, (300.0, 400.0, 320.0)))
    results("websockets", Hall(500), LOOP_32, *map(measured, (100.0, 100.0, 160.0)), into=found)
    row = row_of(found, "deliveries/s against python websockets, broadcast, 500 sockets, loop of 32")
    assert (row.measured, row.spread, row.is_held) == ("3.20", "2.00–4.00", True)


def test_what_is_below_its_target_is_not_held() -> None:
    found = results("dialogue", Hall(100), LOOP_8, measured(89.0))
    results("websockets", Hall(100), LOOP_8, measured(100.0), into=found)
    row = row_of(found, "deliveries/s against python websockets, broadcast, 100 sockets, loop of 8")
    assert (row.measured, row.is_held) == ("0.89", False)


def test_seconds_are_held_for_the_server_and_told_with_the_databases() -> None:
    found = results("dialogue", Hall(500), LOOP_32, measured(seconds=2.9))
    row = row_of(found, "CPU seconds")
    assert (row.measured, row.is_held) == ("2.9", True)
    assert "with PostgreSQL and Redis: 3.9" in row.figure


def test_one_lost_delivery_anywhere_is_too_much() -> None:
    found = results("dialogue", Hall(100), LOOP_8, measured(), measured(lost=1))
    assert row_of(found, "lost").is_held is False
    assert row_of(results("dialogue", Hall(100), LOOP_8, measured()), "lost").is_held is True


def test_what_was_not_measured_is_neither_held_nor_missed() -> None:
    assert {row.is_held for row in held.must_hold(Results())} == {None}


def test_every_page_can_be_written() -> None:
    assert "**Partial" in page(WHOLE, "make bench", Results())
    found = results("dialogue", Hall(100), LOOP_8, measured())
    found.entered["dialogue", Hall(100)].append(Entered(10.0, 2048.0))
    pages = Pages(20.0, 30.0, is_noisy=True)
    found.long_rooms.append(LongRoom(100, long=pages, short=pages))
    found.caught_up[1].append(CaughtUp([5.0], 3000, 1.0, 0, 0))
    found.failures.append("socketio, 100 sockets: RuntimeError")
    told = page(WHOLE, "make bench", found)
    assert "**Partial" not in told
    assert "- socketio, 100 sockets: RuntimeError" in told
