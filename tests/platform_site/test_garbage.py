"""What is there when a process begins to serve is not searched for garbage again."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from platform_site.garbage import YOUNG, leave_out_what_is_there


class Knot:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_there_is_left_out_and_what_comes_later_is_not() -> None:
    there = [Knot() for _each in range(1000)]
    gone = weakref.ref(Knot())
    leave_out_what_is_there()
    assert gone() is None
    assert gc.get_freeze_count() > 1000
    assert gc.get_threshold()[0] == YOUNG
    assert not any(one is there[0] for one in gc.get_objects())
    later = weakref.ref(Knot())
    gc.collect()
    assert later() is None
