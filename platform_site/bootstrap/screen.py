"""What the person at the keyboard sees: plain lines with the time gone by, a moving line on a terminal."""

import sys
import time

STARTED = time.monotonic()
CLEAR_LINE = "\r\033[K"


def say(text: str = "") -> None:
    sys.stdout.write((CLEAR_LINE if on_a_terminal() else "") + text + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    say(f"[{time.monotonic() - STARTED:4.0f} s] {text}")


def still_at_it(text: str) -> None:
    """A sign of life: overwritten on a terminal, a line of its own in a log."""
    if on_a_terminal():
        sys.stdout.write(f"{CLEAR_LINE}         {text[:80]}")
        sys.stdout.flush()
    else:
        note(f"  still at it: {text[:90]}")


def seconds_between_signs_of_life() -> float:
    return 0.3 if on_a_terminal() else 4.0


def on_a_terminal() -> bool:
    return sys.stdout.isatty()
