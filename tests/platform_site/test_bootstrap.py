"""The bootstrap explains what is wrong with a machine, and repeats no step in vain."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from platform_site.bootstrap import installing, preparing, servers, steps
from platform_site.bootstrap.stamps import digest_of, is_done, mark_done
from platform_site.bootstrap.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def logs_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "LOGS", tmp_path / "log")


def test_the_package_starts_without_any_dependency() -> None:
    """-I -S: no site-packages, no environment; only the standard library is left."""
    code = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import platform_site.bootstrap.verbs"
    assert subprocess.run([sys.executable, "-I", "-S", "-c", code], check=False).returncode == 0


def test_an_old_python_is_told_so() -> None:
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 2); "
        "runpy.run_module('platform_site.bootstrap', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "3.11 or newer" in ended.stderr
    assert "Python 3.9" in ended.stderr


def test_an_unknown_verb_shows_the_known_ones() -> None:
    command = [sys.executable, "-m", "platform_site.bootstrap", "dance"]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "make run" in ended.stdout


def test_a_missing_venv_module_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installing, "PYTHON", tmp_path / "python")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(Trouble, match="python3-venv"):
        installing.install_python_packages("main")


@pytest.mark.parametrize(
    "output",
    [
        "Failed to establish a new connection: NewConnectionError",
        "npm error code ENOTFOUND",
        "ERROR: No matching distribution found for django==5.2.19",
    ],
)
def test_an_unreachable_registry_is_told(tmp_path: Path, output: str) -> None:
    command = [sys.executable, "-c", f"print({output!r}); raise SystemExit(1)"]
    with pytest.raises(Trouble, match="registry could not be reached"):
        steps.step("Installing", command, folder=tmp_path, explain=installing._unreachable)


def test_a_failed_step_shows_its_last_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"]
    with pytest.raises(Trouble, match="code 3"):
        steps.step("Building", command, folder=tmp_path)
    assert "the reason" in capsys.readouterr().out


def test_a_slow_step_gives_signs_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "seconds_between_signs_of_life", lambda: 0.1)
    code = "import time; print('halfway', flush=True); time.sleep(0.5)"
    steps.step("Waiting", [sys.executable, "-c", code], folder=tmp_path)
    assert "still at it: halfway" in capsys.readouterr().out


def test_a_stamp_holds_until_an_input_changes(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock.txt", tmp_path / "deep" / "stamp"
    lock.write_text("django")
    digest = digest_of([lock])
    assert not is_done(stamp, digest)
    mark_done(stamp, digest)
    assert is_done(stamp, digest_of([lock]))
    lock.write_text("flask")
    assert not is_done(stamp, digest_of([lock]))


def test_what_is_built_does_not_count_as_a_source(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "site.ts").write_text("1")
    before = digest_of([tmp_path])
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "left-pad.js").write_text("1")
    assert digest_of([tmp_path]) == before
    (tmp_path / "src" / "site.ts").rename(tmp_path / "src" / "page.ts")
    assert digest_of([tmp_path]) != before


@pytest.mark.parametrize(
    ("shown", "serves"),
    [("v20.18.9", False), ("v20.19.0", True), ("v21.7.0", False), ("v22.11.0", False), ("v22.12.0", True)],
)
def test_which_node_serves(monkeypatch: pytest.MonkeyPatch, shown: str, serves: bool) -> None:
    def pretend(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, stdout=shown, stderr="")

    monkeypatch.setattr(subprocess, "run", pretend)
    installing._system_node_serves.cache_clear()
    assert installing._system_node_serves() is serves
    installing._system_node_serves.cache_clear()


def test_missing_servers_are_told_with_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(servers.PARTS, "Redis", (lambda: None, "redis-server"))
    monkeypatch.setattr(servers, "_may_install", lambda: False)
    with pytest.raises(Trouble, match="sudo apt install redis-server"):
        servers.ensure_servers()


def test_missing_servers_are_installed_where_we_may(monkeypatch: pytest.MonkeyPatch) -> None:
    typed: list[str] = []
    monkeypatch.setitem(servers.PARTS, "Redis", (lambda: None, "redis-server"))
    monkeypatch.setattr(servers, "_may_install", lambda: True)
    monkeypatch.setattr(servers, "step", lambda _title, command: typed.append(" ".join(command)))
    with pytest.raises(Trouble, match="Redis"):
        servers.ensure_servers()
    assert typed[0].endswith("update")
    assert typed[1].endswith("install --yes --no-install-recommends redis-server")


def test_translations_are_compiled_again_when_one_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    catalogue = tmp_path / "dialogue" / "rooms" / "locale" / "kk" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("")
    typed: list[str] = []

    def compile_all(title: str, _command: list[str]) -> None:
        typed.append(title)
        catalogue.with_suffix(".mo").write_text("")

    monkeypatch.setattr(preparing, "ROOT", tmp_path)
    monkeypatch.setattr(preparing, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(preparing, "step", compile_all)
    preparing.compile_translations()
    preparing.compile_translations()
    assert len(typed) == 1
    catalogue.with_suffix(".mo").unlink()
    preparing.compile_translations()
    assert len(typed) == 2


def test_the_locks_agree() -> None:
    """Otherwise `make test` after `make run` would move packages to and fro."""
    main, dev = (_pins(PROJECT / "requirements" / f"{name}.txt") for name in ("main", "dev"))
    assert main.items() <= dev.items()
    for name in ("main", "dev", "node"):
        text = (PROJECT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text, f"{name}.txt names an address"


def _pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.\[\]-]+)==([^ ;]+)", path.read_text(), re.MULTILINE))
