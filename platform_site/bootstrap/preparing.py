"""From a fresh clone to everything built; each step is skipped when its inputs have not changed."""

from platform_site.bootstrap.installing import find_npm, install_node_packages, install_python_packages
from platform_site.bootstrap.places import FRONTEND, ROOT, VENV, manage, python
from platform_site.bootstrap.stamps import digest_of, is_done, mark_done
from platform_site.bootstrap.steps import step


def prepare(lock: str) -> None:
    """Packages of that lock, the frontend and the translations; no database is touched."""
    install_python_packages(lock)
    install_node_packages()
    build_frontend()
    compile_translations()


def build_frontend() -> None:
    stamp, digest = FRONTEND / "dist" / ".done", digest_of([FRONTEND])
    if not is_done(stamp, digest):
        step("Building the frontend", [*find_npm(), "run", "build"], folder=FRONTEND)
        mark_done(stamp, digest)


def compile_translations() -> None:
    sources = [*ROOT.glob("dialogue/*/locale/**/*.po"), *ROOT.glob("platform_site/locale/**/*.po")]
    stamp, digest = VENV / "done" / "translations", digest_of(sources)
    if not is_done(stamp, digest) or not all(path.with_suffix(".mo").exists() for path in sources):
        step("Compiling the translations", python("-m", "platform_site.translations", "compile"))
        mark_done(stamp, digest)


def prepare_demo() -> None:
    """Tables and fictional data; what people wrote in an earlier run stays."""
    step("Preparing the database", manage("migrate", "--no-input"))
    step("Loading the fictional demo", manage("load_demo"))
