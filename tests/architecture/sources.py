"""The project's files as the checks read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"node_modules", "dist", "__pycache__", "migrations", "locale"}


@cache
def parsed(text: str, path: str) -> ast.Module:
    """Every check reads the same files."""
    return ast.parse(text, path)


@dataclass(frozen=True)
class Source:
    """One file; ``path`` is relative to the project, with slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text, self.path)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def package(self) -> str:
        """``rooms`` for dialogue/rooms/models.py, else the first folder; empty at the root of dialogue."""
        first, *rest = self.path.split("/")
        if first != "dialogue":
            return first
        return rest[0] if len(rest) > 1 else ""

    def fault(self, line: int, sentence: str) -> str:
        return f"{self.path}:{line}: {sentence}"


def sources(*folders: str, ending: str, project: Path = PROJECT) -> list[Source]:
    """All files of these folders with that ending, without migrations, catalogues and what is built."""
    return list(_found(folders, ending, project))


def _found(folders: tuple[str, ...], ending: str, project: Path) -> Iterator[Source]:
    for folder in folders:
        for path in sorted((project / folder).rglob(f"*{ending}")):
            relative = path.relative_to(project)
            if path.is_file() and not LEFT_OUT.intersection(relative.parts):
                yield Source(relative.as_posix(), path.read_text("utf-8"))
