"""Production refuses to start where people would be left unprotected."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DEMO": "false",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "dialogue.example.org",
    "PUBLIC_ADDRESS": "https://dialogue.example.org",
}


def start(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "VAR_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "platform_site.settings", **SAFE, **changes},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_safe_configuration_starts(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0, start(tmp_path).stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": "only-for-the-demonstration-never-in-production"}, "needs SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "needs SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "needs ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "needs ALLOWED_HOSTS"),
        ({"DEBUG": "true"}, "refuses DEBUG"),
        ({"PUBLIC_ADDRESS": "http://dialogue.example.org"}, "needs PUBLIC_ADDRESS"),
    ],
)
def test_an_unsafe_one_says_what_to_set(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    ended = start(tmp_path, **changes)
    assert ended.returncode != 0
    assert sentence in ended.stderr
