"""Remembers that a step was done for exactly these inputs, so that the second start takes seconds."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path], *also: str) -> str:
    """One fingerprint of names and contents (folders are walked) and of the words in ``also``."""
    total = hashlib.sha256("\0".join(also).encode())
    for path in sorted(file for each in paths for file in _files(each)):
        total.update(f"\0{path}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def is_done(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text() == digest


def mark_done(stamp: Path, digest: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    left_out = {"node_modules", "dist", "coverage"}
    return [file for file in path.rglob("*") if file.is_file() and not left_out.intersection(file.parts)]
