"""A class has a name of its own: whoever reads it far from its import knows which one is meant."""

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.sources import Source

# Names that two files may share, and what makes them one idea (docs/words.md).
SHARED = {
    "Command": "Django looks for it by this name",
    "Guard": "the same part of two tables of states",
    "Mover": "the same part of two tables of states",
    "Transition": "the same part of two tables of states",
    "Hearing": "what the socket asks of one, and the one that rooms give",
    "ReadyFrames": "what the socket asks of them, and those that the server offers",
    "Post": "the row, and the frame that asks for one",
    "Unsubscribe": "the page, and the frame: each named after its act",
    "Asked": "what one socket, and what one poll wants to know; seen in no other file",
}


def repeated_classes(sources: Iterable[Source]) -> Iterator[str]:
    first: dict[str, str] = {}
    for each in sources:
        for node in each.tree.body:
            if not isinstance(node, ast.ClassDef) or node.name in SHARED:
                continue
            before = first.setdefault(node.name, each.path)
            if before != each.path:
                yield each.fault(
                    node.lineno,
                    f"there is a {node.name} in {before} already; name this one after what it is here, or, "
                    "if both are one idea, say which in tests/architecture/class_names.py",
                )
