"""``python -m tests.faults.stepped serve …``: a web process whose wall clock is not ours.

The file ``clock`` in its folder says by how many seconds it is ahead, now. The clock that only
counts on, ``time.monotonic``, is left alone, as it is when somebody sets the time.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path


def step_clocks(sign: Path) -> None:
    """Before Django is imported: nobody holds the true clock yet."""
    true_time = time.time

    def ahead() -> float:
        return float(sign.read_text()) if sign.exists() else 0.0

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=ahead())

    time.time = lambda: true_time() + ahead()
    vars(import_module("django.utils.timezone"))["now"] = now


if __name__ == "__main__":
    step_clocks(Path(os.environ["VAR_DIR"]) / "clock")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings")
    import_module("django").setup()
    import_module("django.core.management").execute_from_command_line(["manage.py", *sys.argv[1:]])
