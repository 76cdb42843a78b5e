"""Starting and ending processes so that none outlives the one that started it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

Child = subprocess.Popen[bytes]

SET_PARENT_DEATH_SIGNAL = 1
PATIENCE_SECONDS = 20.0


def start(
    command: Sequence[str],
    *,
    folder: Path,
    env: Mapping[str, str],
    user: str | None = None,
    output: IO[bytes] | None = None,
) -> Child:
    """In a session of its own: Ctrl-C in the terminal reaches us alone, and we pass it on in order.

    On Linux the child gets SIGTERM when the thread that started it dies, in whatever way.
    """
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(env),
        user=user,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def end(children: Sequence[Child], *, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """SIGTERM to all, one common wait, then SIGKILL to whatever is left of their groups."""
    deadline = time.monotonic() + patience_seconds
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
        kill(child)


def kill(child: Child) -> None:
    """The child and its group, at once; a group that is gone is no fault."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
