"""Where things lie in a clone. Everything made here can be deleted; `make run` makes it again."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
FRONTEND = ROOT / "frontend"
LOGS = ROOT / "var" / "log"


def environment(**extra: str) -> dict[str, str]:
    """The caller's environment, with our virtual environment in place of whichever is active."""
    own = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}
    own["VIRTUAL_ENV"] = str(VENV)
    own["PATH"] = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    own["PYTHONUNBUFFERED"] = "1"
    return own | extra


def python(*arguments: str) -> list[str]:
    return [str(PYTHON), *arguments]


def manage(*arguments: str) -> list[str]:
    return python("manage.py", *arguments)
