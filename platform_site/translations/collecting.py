"""Brings a package's catalogues in line with its sources, and compiles them."""

from pathlib import Path

from platform_site.translations.catalogues import compiled, read, renewed
from platform_site.translations.extraction import sentences_of
from platform_site.translations.homes import LANGUAGES, Home


def collect(home: Home) -> list[Path]:
    """Adds new sentences empty, keeps translations, drops unused ones; the second time changes nothing.

    Returns the files that changed. Nothing is guessed from similar sentences.
    """
    sentences = sentences_of(home)
    changed = []
    for language in LANGUAGES:
        path = home.catalogue(language)
        before = path.read_bytes() if path.exists() else None
        after = renewed(read(path, language), sentences, language) if sentences else None
        if before != after:
            _replace(path, after)
            changed.append(path)
    return changed


def compile_catalogues(home: Home) -> list[Path]:
    """Writes a .mo beside each .po that is newer than its .mo; returns those written."""
    written = []
    for language in LANGUAGES:
        source = home.catalogue(language)
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            _replace(target, compiled(read(source, language)))
            written.append(target)
    return written


def _replace(path: Path, content: bytes | None) -> None:
    """Whole or not at all: a running server may read the file at this moment."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
