"""The parts of a run: all of them run, two at once, and the table says how each ended."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from platform_site.bootstrap import testing
from platform_site.bootstrap.parts import Ending, Part, beside, run_part, summarise
from platform_site.bootstrap.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[2]


def test_every_part_runs_although_one_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    began: list[str] = []

    def pretend(part: Part) -> Ending:
        began.append(part.name)
        return Ending(part.name, "vitest" not in part.name, 1.0, f"== {part.name} closing ==")

    monkeypatch.setattr(testing, "prepare", lambda _lock: None)
    monkeypatch.setattr(testing, "ensure_servers", lambda: None)

    @contextmanager
    def pretend_aside(part: Part) -> Iterator[SimpleNamespace]:
        ending = pretend(part)
        yield SimpleNamespace(wait=lambda: ending)

    monkeypatch.setattr(testing, "run_part", pretend)
    monkeypatch.setattr(testing, "beside", pretend_aside)
    assert testing.run_tests([]) == 1
    assert [name.split()[0] for name in began] == ["vitest", "pytest", "pytest"]
    assert capfd.readouterr().out.rstrip().endswith(f"== {began[2]} closing ==")


def test_a_part_keeps_its_last_line_and_its_code(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = "print('first'); print('== 2 failed =='); raise SystemExit(1)"
    ending = run_part(Part("pytest", [sys.executable, "-c", code]))
    assert (ending.passed, ending.last_line) == (False, "== 2 failed ==")
    assert summarise([ending]) == 1
    assert b"first" in capfdbinary.readouterr().out


def test_a_part_beside_others_is_shown_in_one_piece(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = "print('first'); print('== 1 failed =='); raise SystemExit(1)"
    with beside(Part("pytest", [sys.executable, "-c", code])) as aside:
        assert b"first" not in capfdbinary.readouterr().out
        ending = aside.wait()
    assert (ending.passed, ending.last_line) == (False, "== 1 failed ==")
    assert b"first" in capfdbinary.readouterr().out


def test_a_part_beside_others_ends_when_they_are_left_early(tmp_path: Path) -> None:
    code = (
        "import pathlib, time\n"
        f"try: pathlib.Path({str(tmp_path / 'on')!r}).touch(); time.sleep(30)\n"
        f"except KeyboardInterrupt: pathlib.Path({str(tmp_path / 'tidy')!r}).touch()"
    )
    with suppress(Trouble), beside(Part("slow", [sys.executable, "-c", code])):
        while not (tmp_path / "on").exists():
            time.sleep(0.01)
        raise Trouble("left early")
    assert (tmp_path / "tidy").exists()


@pytest.mark.parametrize("at_first", ["default_int_handler", "SIG_IGN"])
def test_a_part_is_told_when_we_are_told_to_stop(tmp_path: Path, at_first: str) -> None:
    child = "import pathlib, time\ntry: print('on', flush=True); time.sleep(30)\n"
    child += f"except KeyboardInterrupt: pathlib.Path({str(tmp_path / 'tidy')!r}).touch()"
    code = (
        f"import signal, sys; signal.signal(signal.SIGINT, signal.{at_first}); "
        "from platform_site.bootstrap import verbs; "
        "from platform_site.bootstrap.parts import Part, run_part; "
        f"part = Part('slow', [sys.executable, '-c', {child!r}]); "
        "verbs.VERBS['slow'] = lambda _rest: run_part(part); sys.exit(verbs.main(['slow']))"
    )
    ours = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE)
    assert ours.stdout is not None
    while ours.stdout.readline() != b"on\n":
        pass
    ours.terminate()
    assert ours.wait(60) == 143
    assert (tmp_path / "tidy").exists()
