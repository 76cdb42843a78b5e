"""Where words live: every package carries the catalogues of its own sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LANGUAGES = ("kk", "ru", "en")
SITE = "platform_site"
LEFT_OUT = {"locale", "migrations", "__pycache__"}


@dataclass(frozen=True)
class Home:
    """One package with sentences; ``project`` is the folder the paths in catalogues start from."""

    name: str
    folder: Path
    project: Path

    def catalogue(self, language: str) -> Path:
        return self.folder / "locale" / language / "LC_MESSAGES" / "django.po"

    def python_files(self) -> Iterator[Path]:
        for path in sorted(self.folder.rglob("*.py")):
            if not LEFT_OUT.intersection(path.relative_to(self.folder).parts):
                yield path

    def templates(self) -> Iterator[Path]:
        for path in sorted(self.folder.rglob("templates/**/*")):
            if path.is_file() and not LEFT_OUT.intersection(path.relative_to(self.folder).parts):
                yield path


def homes(project: Path = PROJECT, only: str | None = None) -> list[Home]:
    """All packages with sentences, or the one called ``only`` (none when there is no such package)."""
    folders = [init.parent for init in sorted((project / "dialogue").glob("*/__init__.py"))]
    folders.append(project / SITE)
    found = [Home(folder.name, folder, project) for folder in folders if folder.is_dir()]
    return [home for home in found if only in (None, home.name)]
