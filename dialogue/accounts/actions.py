"""Acts on one's own account. They need no journal entry: they change who may come in, not what was said."""

from collections.abc import Callable, Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.text.languages import Language

_watchers: list[Callable[[list[int]], None]] = []


def raise_auth_version(people: Iterable[int]) -> None:
    """Make every process look again at what these people (ids) may read.

    Call it inside the transaction that takes something away: the hub reads the version
    after the entries, so nothing committed later reaches them.
    """
    ids = list(people)
    User.objects.filter(pk__in=ids).update(auth_version=F("auth_version") + 1)
    for watcher in _watchers:
        watcher(ids)


def watch_auth_versions(watcher: Callable[[list[int]], None]) -> None:
    """Call it with the people's ids, inside the transaction; adding it again changes nothing."""
    if watcher not in _watchers:
        _watchers.append(watcher)


@transaction.atomic
def end_sessions(person: User, *, but: str | None = None) -> None:
    """Sign somebody out everywhere, except where ``but`` is the key of the session.

    Sessions do not say whose they are without being opened, so all are looked at: that is rare.
    """
    living = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    # In the order in which ``living_sessions`` holds several: else the two could wait for each other.
    for session in living.order_by("session_key").iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
    raise_auth_version([person.pk])


def choose_language(*, by: User, language: Language) -> None:
    User.objects.filter(pk=by.pk).update(language=language)
    by.language = language


def introduce(*, by: User, name: str, language: Language) -> None:
    """What a newcomer says of themself at sign-up."""
    by.name, by.language = name, language
    by.save(update_fields=["name", "language"])


@transaction.atomic
def create_account(
    *, email: str, name: str, language: str, password: str | None, is_address_confirmed: bool = False
) -> User:
    """Create a person without any delegation; an invitation or the demo gives them one.

    Without a confirmed address, the first sign-in asks to follow a link sent to it.
    """
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_address_confirmed)
    return user
