"""The web process and the worker live, die and end together as `make run` promises."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from platform_site.bootstrap.supervising import HOST, port_from, refuse_taken
from platform_site.bootstrap.trouble import Trouble
from tests.servers.server import free_port

PROJECT = Path(__file__).resolve().parents[2]
# Stands in for manage.py: `serve` answers on a port, `qcluster` writes a line and dies or waits.
PRETENDED = """
import os, signal, socket, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
role, folder = sys.argv[1], sys.argv[-1]
open(os.path.join(folder, role), "a").write("%d\\n" % os.getpid())
if role == "serve":
    listening = socket.create_server(("127.0.0.1", int(sys.argv[3])))
    time.sleep(float(os.environ.get("WEB_LIVES", "60")))
    sys.exit(7)
time.sleep(float(os.environ.get("WORKER_LIVES", "60")))
"""
SUPERVISE = """
import sys
from platform_site.bootstrap import supervising
supervising.manage = lambda *words: [sys.executable, sys.argv[2], *words, sys.argv[3]]
sys.exit(supervising.serve_until_stopped(int(sys.argv[1])))
"""


class Site:
    """A supervisor in a process of its own, over pretended children."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder, self.port = folder, free_port()
        script = folder / "pretended.py"
        script.write_text(PRETENDED)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(self.port), str(script), str(folder)],
            cwd=PROJECT,
            env=os.environ | env,
            stdout=subprocess.PIPE,
            text=True,
        )

    def pids(self, role: str) -> list[int]:
        path = self.folder / role
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def wait_for(self, role: str, starts: int = 1) -> None:
        deadline = time.monotonic() + 20
        while len(self.pids(role)) < starts:
            assert time.monotonic() < deadline, f"{role} was not started {starts} times"
            time.sleep(0.05)

    def end(self) -> tuple[int, str]:
        output, _ = self.process.communicate(timeout=30)
        return self.process.returncode, output


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_ends_both_and_is_no_fault(tmp_path: Path, word: signal.Signals) -> None:
    site = Site(tmp_path)
    site.wait_for("serve")
    site.wait_for("qcluster")
    time.sleep(0.5)
    site.process.send_signal(word)
    code, output = site.end()
    assert code == 0
    assert f"http://localhost:{site.port}" in output
    assert not [pid for pid in site.pids("serve") + site.pids("qcluster") if _is_alive(pid)]


def test_a_dead_worker_is_started_again(tmp_path: Path) -> None:
    site = Site(tmp_path, WORKER_LIVES="0.1")
    site.wait_for("qcluster", starts=2)
    site.process.terminate()
    code, output = site.end()
    assert code == 0
    assert "starting it again in 1 s" in output


def test_a_dead_web_process_ends_everything_with_its_code(tmp_path: Path) -> None:
    site = Site(tmp_path, WEB_LIVES="0.5")
    code, output = site.end()
    assert code == 7
    assert "ended by itself" in output
    assert not [pid for pid in site.pids("qcluster") if _is_alive(pid)]


def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.wait_for("serve")
    site.wait_for("qcluster")
    site.process.kill()
    site.end()
    deadline = time.monotonic() + 5
    while any(_is_alive(pid) for pid in site.pids("serve") + site.pids("qcluster")):
        assert time.monotonic() < deadline, "a child outlived its supervisor"
        time.sleep(0.05)


def test_a_taken_port_is_told_with_another(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.wait_for("serve")
    time.sleep(0.3)
    with pytest.raises(Trouble, match=f"PORT={site.port + 1}"):
        refuse_taken(site.port)
    site.process.terminate()
    site.end()
    refuse_taken(site.port)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "eight", "8000 ", "٨٠"])
def test_a_port_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(Trouble, match="1 to 65535"):
        port_from(value)


def test_a_port_is_a_number() -> None:
    assert port_from("8001") == 8001
    assert HOST == "127.0.0.1"


def _is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
