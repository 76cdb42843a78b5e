"""Which package may know which: the line order of the house, for imports, models and templates."""

import ast
import re
import sys
from collections.abc import Iterator

from tests.architecture.sources import Source

LINES: tuple[tuple[str, ...], ...] = (
    ("text", "calendar", "questions"),
    ("accounts",),
    ("journal", "outbox", "taxonomy"),
    ("files",),
    ("organisations",),
    ("rooms",),
    ("consents", "polls"),
    ("moderation", "issues"),
    ("authorities", "register", "events"),
    ("search", "digests", "notifications"),
    ("realtime",),
    ("demo",),
)
LINE_OF = {package: number for number, line in enumerate(LINES) for package in line}
NOT_A_NOUN = {"common", "core", "base", "utils", "util", "helpers", "helper", "services", "managers", "misc"}
# Django looks for a database's engine in a module of this name.
NAMED_BY_DJANGO = "platform_site/postgres/base.py"
TEMPLATE_USE = re.compile(r"""\{%-?\s*(?:include|extends)\s+["'](\w+)/""")


def may_know(package: str, other: str) -> bool:
    """Itself, and packages on earlier lines: never a neighbour, never a later one."""
    return package == other or LINE_OF[other] < LINE_OF[package]


def import_faults(source: Source) -> Iterator[str]:
    """Every import counts, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield source.fault(node.lineno, "write the import in full: relative imports hide the line order")
        for name in _modules_named_by(node):
            sentence = _import_fault(source.package, name)
            if sentence:
                yield source.fault(getattr(node, "lineno", 1), sentence)


def package_faults(source: Source) -> Iterator[str]:
    """Packages have a line and a name a citizen would understand."""
    words = {part.removesuffix(".py") for part in source.path.split("/")}
    for word in sorted(words & NOT_A_NOUN if source.path != NAMED_BY_DJANGO else ()):
        yield source.fault(1, f"“{word}” says nothing; name the thing by a noun of the domain")
    if source.path.startswith("dialogue/") and source.package and source.package not in LINE_OF:
        yield source.fault(
            1, f"package {source.package} has no line; give it one in tests/architecture/layers.py"
        )


def template_faults(source: Source) -> Iterator[str]:
    """A template may link upward by URL name, not include what an upper package draws."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        for other in TEMPLATE_USE.findall(line):
            known = other in LINE_OF and source.package in LINE_OF
            if known and not may_know(source.package, other):
                yield source.fault(
                    number,
                    f"{source.package} may not use a template of {other}, which stands above it; "
                    "move the page's view to the higher package or let it fill a block",
                )


def key_fault(model: str, field: str, *, package: str, target: str) -> str | None:
    """For a foreign key from one package's table to another's; third parties' tables do not count."""
    if package not in LINE_OF or target not in LINE_OF or may_know(package, target):
        return None
    return (
        f"{model}.{field}: {package} stands at or below {target} and may not point at its tables; "
        "turn the key round, or let the lower package own a slot that the upper one fills"
    )


def standalone_faults(source: Source) -> Iterator[str]:
    """The bootstrap runs before anything is installed."""
    for node in ast.walk(source.tree):
        for name in _modules_named_by(node):
            inside = name == "platform_site" or name.startswith("platform_site.bootstrap")
            if not inside and name.split(".")[0] not in sys.stdlib_module_names:
                yield source.fault(
                    getattr(node, "lineno", 1),
                    f"the bootstrap may use the standard library only, and {name} is not in it",
                )


def _import_fault(package: str, name: str) -> str | None:
    first, _, rest = name.partition(".")
    other = rest.split(".")[0]
    if package not in LINE_OF:
        return None
    if first in ("platform_site", "tests"):
        return f"nothing in dialogue/ may import {first}: it stands above all packages"
    if first != "dialogue" or not other or other not in LINE_OF or may_know(package, other):
        return None
    return (
        f"{package} (line {LINE_OF[package]}) may not import {other} (line {LINE_OF[other]}): only packages "
        "of earlier lines; let the lower package own a slot, and the upper one fill it"
    )


def _modules_named_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        # "from dialogue import rooms" names its packages after the import.
        if node.module == "dialogue":
            yield from (f"dialogue.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        yield from _named_by_call(ast.unparse(node.func), str(node.args[0].value))


def _named_by_call(function: str, word: str) -> Iterator[str]:
    """Imports and models fetched by name are imports all the same."""
    last = function.rpartition(".")[2]
    if last in ("import_module", "import_string", "__import__"):
        yield word
    elif last == "get_model" and word.split(".")[0] in LINE_OF:
        yield f"dialogue.{word.split('.')[0]}"
