"""The three languages of the house, in the order they are offered: the state language first."""

from typing import Final

from django.db.models import TextChoices


class Language(TextChoices):
    """A language someone reads, or a post is written in; the label is its own name for itself."""

    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"

    @property
    def short(self) -> str:
        """Three letters for a narrow switch; never translated, like the label."""
        return SHORT_LABELS[self]


SHORT_LABELS: Final[dict[Language, str]] = {
    Language.KK: "ҚАЗ",
    Language.RU: "РУС",
    Language.EN: "ENG",
}
