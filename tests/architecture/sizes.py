"""Nothing longer than a person reads in one go."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import Source

LINES_IN_A_FILE = 250
LINES_IN_A_FUNCTION = 30


def file_faults(source: Source) -> Iterator[str]:
    """Tables of data are apart: length is their nature."""
    if source.name == "data.py" or "data" in source.path.split("/"):
        return
    lines = len(source.text.splitlines())
    if lines > LINES_IN_A_FILE:
        yield source.fault(1, f"{lines} lines; split it by nouns before {LINES_IN_A_FILE}")


def function_faults(source: Source) -> Iterator[str]:
    """The docstring does not count: explaining well shall cost nothing."""
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = _lines_without_docstring(node)
            if lines > LINES_IN_A_FUNCTION:
                yield source.fault(
                    node.lineno,
                    f"{node.name} has {lines} lines; give its steps names before {LINES_IN_A_FUNCTION}",
                )


def _lines_without_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines
