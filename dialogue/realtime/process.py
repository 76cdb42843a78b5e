"""What a process has one of: its hub."""

from functools import cache

from dialogue.realtime.hub import Hub


@cache
def the_hub() -> Hub:
    """Made at first use."""
    raise NotImplementedError
