"""`make test`: scripts; then Python on SQLite and, at the same time, on PostgreSQL and Redis."""

import os
import secrets
from collections.abc import Sequence

from platform_site.bootstrap.installing import find_npm
from platform_site.bootstrap.parts import Ending, Part, beside, run_part, summarise
from platform_site.bootstrap.places import FRONTEND, python
from platform_site.bootstrap.preparing import prepare
from platform_site.bootstrap.screen import say
from platform_site.bootstrap.servers import ensure_servers
from platform_site.bootstrap.trouble import Trouble

NOT_ON_SQLITE = "not postgres_only and not long"
# Browsers look at what `make run` serves, and that is SQLite.
NOT_ON_POSTGRES = "not sqlite_only and not browser and not long"
NO_TEST_CHOSEN = 5
SEED = "FAULTS_SEED"


def run_tests(arguments: Sequence[str]) -> int:
    """``arguments`` go to pytest; with a choice of tests the scripts' own tests are left out.

    All parts run even if one fails. The last lines are pytest's own closing lines.
    """
    prepare("dev")
    fine = frozenset({0, NO_TEST_CHOSEN}) if arguments else frozenset({0})
    endings = [] if arguments else [run_part(Part("vitest", [*find_npm(), "test"], folder=FRONTEND))]
    trouble = _trouble_with_servers()
    without = " and not browser" if trouble else ""
    sqlite = python("-m", "pytest", "-m", NOT_ON_SQLITE + without, *arguments)
    name = "pytest on SQLite, Chromium"
    # Two at once, because each of them mostly keeps one processor busy.
    with beside(Part(name, sqlite, env={"DIALOGUE_TEST_DB": "sqlite"}, fine=fine)) as aside:
        on_postgres = _on_postgres(arguments, fine, trouble)
        endings += [aside.wait(), on_postgres]
    code = summarise(endings)
    say()
    for ending in endings[-2:]:
        say(ending.last_line)
    return code


def run_faults(arguments: Sequence[str]) -> int:
    """All scenarios, the long ones too, one database after the other, with the same seed for their chance."""
    prepare("dev")
    ensure_servers()
    seed = os.environ.get(SEED) or str(secrets.randbelow(2**32))
    say(f"The same chance again: {SEED}={seed} make faults")
    return summarise(
        [
            _faults_on("postgres", "faults and not sqlite_only", arguments, seed=seed),
            _faults_on("sqlite", "faults and not postgres_only", arguments, seed=seed),
        ]
    )


def _faults_on(database: str, chosen: str, arguments: Sequence[str], *, seed: str) -> Ending:
    """Each scenario is named when it begins, and has a timeout of its own."""
    command = python("-m", "pytest", "-m", chosen, "--verbose", "--capture=no", "tests/faults", *arguments)
    environment = {"DIALOGUE_TEST_DB": database, SEED: seed}
    fine = frozenset({0, NO_TEST_CHOSEN})
    return run_part(Part(f"faults on {database}", command, env=environment, fine=fine))


def run_bench(arguments: Sequence[str]) -> int:
    """Measurements write bench/RESULTS.md; they fail only when they cannot be taken."""
    prepare("dev")
    ensure_servers()
    ending = run_part(Part("bench", python("-m", "bench", *arguments)))
    return 0 if ending.passed else 1


def _trouble_with_servers() -> str:
    """Nothing, or the sentence that says what to install; the run then fails, after what can be tried."""
    try:
        ensure_servers()
    except Trouble as trouble:
        say(str(trouble))
        return str(trouble)
    return ""


def _on_postgres(arguments: Sequence[str], fine: frozenset[int], trouble: str) -> Ending:
    name = "pytest on PostgreSQL, Redis"
    if trouble:
        return Ending(name, passed=False, seconds=0.0, last_line=trouble)
    command = python("-m", "pytest", "-m", NOT_ON_POSTGRES, *arguments)
    return run_part(Part(name, command, env={"DIALOGUE_TEST_DB": "postgres"}, fine=fine))
