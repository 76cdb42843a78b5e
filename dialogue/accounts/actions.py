"""Acts on one's own account. They need no journal entry: they change who may come in, not what was said."""

from collections.abc import Iterable

from django.db.models import F

from dialogue.accounts.models import User
from dialogue.text.languages import Language


def raise_auth_version(people: Iterable[int]) -> None:
    """Make every process look again at what these people (ids) may read.

    Call it inside the transaction that takes something away: the hub reads the version
    after the entries, so nothing committed later reaches them.
    """
    User.objects.filter(pk__in=list(people)).update(auth_version=F("auth_version") + 1)


def choose_language(*, by: User, language: Language) -> None:
    User.objects.filter(pk=by.pk).update(language=language)
    by.language = language


def create_account(*, email: str, name: str, language: str, password: str | None) -> User:
    """Create a person without any delegation; an invitation or the demo gives them one."""
    return User.objects.create_user(email, password, name=name, language=language)
