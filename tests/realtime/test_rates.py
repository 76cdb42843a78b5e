"""How fast a page may speak before it is refused, and how long before it is closed."""

from dialogue.realtime.rates import Pace, Tally


def test_a_burst_and_then_twenty_a_second() -> None:
    pace = Pace(0.0)
    assert [pace.wait_ms(0.0) for _frame in range(40)] == [0] * 40
    assert 0 < pace.wait_ms(0.0) <= 51
    assert sum(pace.wait_ms(1.0) == 0 for _frame in range(30)) == 20
    assert sum(pace.wait_ms(100.0) == 0 for _frame in range(50)) == 40


def test_waiting_as_long_as_was_said_is_enough() -> None:
    pace = Pace(0.0)
    while not (wait := pace.wait_ms(0.0)):
        pass
    assert pace.wait_ms(wait / 1000) == 0


def test_one_burst_too_long_is_borne_and_going_on_is_not() -> None:
    pace = Pace(0.0)
    assert not any(pace.is_too_much(number / 1000) for number in range(60))
    assert not pace.is_too_much(5.0)
    assert pace.is_too_much(10.0)


def test_a_flood_is_ended_at_once() -> None:
    pace = Pace(0.0)
    refused = next(number for number in range(1000) if pace.is_too_much(0.0))
    assert refused <= 300


def test_breaches_are_forgotten_after_a_minute() -> None:
    pace = Pace(0.0)
    assert not any(pace.is_too_much(minute * 40.0) for minute in range(10))


def test_a_tally_counts_only_what_is_recent() -> None:
    tally = Tally(at_most=3, seconds=60)
    assert [tally.is_full_after(at) for at in (0.0, 50.0, 61.0, 62.0)] == [False, False, False, True]
