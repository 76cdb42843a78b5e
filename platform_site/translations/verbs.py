"""The three verbs behind ``manage.py messages`` and ``python -m platform_site.translations``."""

from collections.abc import Callable

from platform_site.translations.checking import contradictions, problems_of
from platform_site.translations.collecting import collect, compile_catalogues
from platform_site.translations.homes import Home, homes


class NotInOrder(Exception):
    """The catalogues have faults, or there is no such package; the text says which."""


def perform(verb: str, package: str | None = None) -> list[str]:
    """Does it and returns the lines to show; raises ``NotInOrder``."""
    chosen = homes(only=package)
    if not chosen:
        raise NotInOrder(f"There is no package called {package}.")
    return VERBS[verb](chosen)


def _collect(chosen: list[Home]) -> list[str]:
    return [f"changed {path.relative_to(home.project)}" for home in chosen for path in collect(home)]


def _compile(chosen: list[Home]) -> list[str]:
    written = [path for home in chosen for path in compile_catalogues(home)]
    return [f"{len(written)} catalogues compiled"]


def _check(chosen: list[Home]) -> list[str]:
    problems = [problem for home in chosen for problem in problems_of(home)] + contradictions(chosen)
    if problems:
        raise NotInOrder("\n".join([*problems, f"{len(problems)} faults in the catalogues."]))
    return ["The catalogues are complete."]


VERBS: dict[str, Callable[[list[Home]], list[str]]] = {
    "collect": _collect,
    "compile": _compile,
    "check": _check,
}
