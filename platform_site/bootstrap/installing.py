"""The virtual environment and the Node packages, installed as locked and only when the lock changed."""

import importlib.util
import re
import subprocess
import sys
from functools import cache

from platform_site.bootstrap.places import FRONTEND, PYTHON, REQUIREMENTS, ROOT, VENV
from platform_site.bootstrap.stamps import digest_of, is_done, mark_done
from platform_site.bootstrap.steps import step
from platform_site.bootstrap.trouble import Trouble

UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|name resolution|"
    r"No matching distribution|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT"
)


def install_python_packages(lock: str) -> None:
    """``lock`` names a file of requirements/: main, dev or node."""
    _make_venv()
    source = REQUIREMENTS / f"{lock}.txt"
    stamp, digest = VENV / "done" / lock, digest_of([source], sys.version)
    if is_done(stamp, digest):
        return
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes"]
    step(f"Installing Python packages ({lock})", [*pip, "-r", str(source)], explain=_unreachable)
    mark_done(stamp, digest)


def install_node_packages() -> None:
    stamp = FRONTEND / "node_modules" / ".done"
    digest = digest_of([FRONTEND / "package-lock.json"])
    if is_done(stamp, digest):
        return
    command = [*find_npm(), "ci", "--no-audit", "--no-fund"]
    step("Installing Node packages", command, folder=FRONTEND, explain=_unreachable)
    mark_done(stamp, digest)


def find_npm() -> list[str]:
    """The system's npm where its Node is new enough, else one installed into the virtual environment."""
    if not _system_node_serves():
        install_python_packages("node")
    return ["npm"]


@cache
def _system_node_serves() -> bool:
    """What Vite asks for: 20.19 and later in that line, or 22.12 and later."""
    try:
        shown = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        subprocess.run(["npm", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.match(r"v(\d+)\.(\d+)", shown)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def _make_venv() -> None:
    if _venv_works():
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Trouble(
            "This Python cannot make virtual environments: its venv module is missing. "
            "On Debian or Ubuntu: apt install python3-venv"
        )
    step("Making the virtual environment .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    _make_importable()


def _venv_works() -> bool:
    """False also when the Python it was made from has gone, as after an upgrade of the system."""
    probe = f"import sys; print(sys.version_info[:2] == {sys.version_info[:2]})"
    try:
        shown = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return shown.strip() == "True"


def _make_importable() -> None:
    """So that `.venv/bin/pytest` finds our packages from any folder."""
    for packages in VENV.glob("lib/python*/site-packages"):
        (packages / "dialogue.pth").write_text(f"{ROOT}\n")


def _unreachable(output: str) -> str:
    if not UNREACHABLE.search(output):
        return ""
    return (
        "The package registry could not be reached, or does not have what the lock names. "
        "Check the network and the settings of pip and npm (pip config list, npm config list)."
    )
