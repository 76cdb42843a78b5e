"""The one file that hears what Django and allauth tell of sessions and passwords; it calls acts."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete
from django.http import HttpRequest

from dialogue.accounts.actions import end_sessions, raise_auth_version
from dialogue.accounts.models import User


def listen() -> None:
    # Signing out, signing in as somebody else and a new key all delete the row; the signal of
    # signing out comes before that, when a socket that looks still finds its session.
    post_delete.connect(_session_ended, sender=Session, dispatch_uid="accounts.session_ended")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password_changed, dispatch_uid="accounts.password_changed")


def _session_ended(instance: Session, **_: Any) -> None:
    person_id = instance.get_decoded().get(SESSION_KEY)
    if person_id is not None:
        raise_auth_version([int(person_id)])


def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever knew the old one is out everywhere; the page that changed it stays."""
    end_sessions(user, but=request.session.session_key)
