"""How a check fails: with every fault it found, each on its line."""

from collections.abc import Iterable


def assert_none(faults: Iterable[str]) -> None:
    found = list(faults)
    assert not found, f"{len(found)} found:\n" + "\n".join(found)
