"""The verbs of the Makefile, and how a trouble ends them."""

import signal
from collections.abc import Callable, Sequence
from types import FrameType

from platform_site.bootstrap.checking import run_checks, run_fixers
from platform_site.bootstrap.installing import install_python_packages
from platform_site.bootstrap.parts import Part, run_parts, summarise
from platform_site.bootstrap.places import python
from platform_site.bootstrap.preparing import prepare, prepare_demo
from platform_site.bootstrap.screen import say
from platform_site.bootstrap.supervising import port_wanted, refuse_taken, serve_until_stopped
from platform_site.bootstrap.testing import run_bench, run_faults, run_tests
from platform_site.bootstrap.trouble import Trouble

HELP = """make run                 install what is missing, load the fictional demo, serve http://localhost:8000
make run PORT=8001       the same on another port
make test                all tests: scripts, Python on SQLite, everything on PostgreSQL and Redis
make test ARGS="tests/rooms -k edit"
make check               style, types, layers, translations; changes nothing
make fix                 let the formatters write
make messages            collect the sentences into the catalogues and compile them
make messages PACKAGE=rooms
make faults              break everything on purpose, for longer than `make test` does
make bench               take the measurements and write bench/RESULTS.md"""

ENDED_BY_INTERRUPT = 130
ENDED_BY_SIGTERM = 143


def main(arguments: Sequence[str]) -> int:
    verb, *rest = arguments or ["help"]
    if verb not in VERBS:
        say(f"There is no verb “{verb}”.\n\n{HELP}")
        return 2
    signal.signal(signal.SIGTERM, _end)
    # A script that starts us in the background has it ignored, and so would every part we tell to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return VERBS[verb](rest)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return ENDED_BY_INTERRUPT


def _run(_rest: Sequence[str]) -> int:
    port = port_wanted()
    refuse_taken(port)
    prepare("main")
    prepare_demo()
    refuse_taken(port)
    return serve_until_stopped(port)


def _messages(rest: Sequence[str]) -> int:
    install_python_packages("main")
    only = ["--package", rest[0]] if rest else []
    tool = python("-m", "platform_site.translations")
    return summarise(
        run_parts([Part("collect", [*tool, "collect", *only]), Part("compile", [*tool, "compile", *only])])
    )


def _help(_rest: Sequence[str]) -> int:
    say(HELP)
    return 0


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(ENDED_BY_SIGTERM)


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": _run,
    "test": run_tests,
    "check": lambda _rest: run_checks(),
    "fix": lambda _rest: run_fixers(),
    "bench": run_bench,
    "faults": run_faults,
    "messages": _messages,
    "help": _help,
}
