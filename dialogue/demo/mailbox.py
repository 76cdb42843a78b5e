"""The mail of the demonstration, read back from the files it landed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Final

from django.conf import settings

from dialogue.accounts.models import User

MOST_SHOWN: Final = 30
MOST_READ: Final = 1_000


@dataclass(frozen=True)
class Mail:
    """``name`` is the file's, without its ending; ``lang`` is that in which it was written."""

    name: str
    subject: str
    at: datetime
    text: str
    html: str
    lang: str


def mails_of(person: User) -> list[Mail]:
    """The newest first; only what was sent to this person."""
    found = []
    for path in sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True)[:MOST_READ]:
        message = _parsed(path)
        if _is_to(message, person):
            found.append(_mail(path, message, person))
        if len(found) == MOST_SHOWN:
            break
    return found


def mail_of(person: User, name: str) -> Mail | None:
    """Found among the person's own, so that a name can lead nowhere else."""
    return next((mail for mail in mails_of(person) if mail.name == name), None)


def _parsed(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _is_to(message: EmailMessage, person: User) -> bool:
    return parseaddr(str(message["To"]))[1].lower() == person.email.lower()


def _mail(path: Path, message: EmailMessage, person: User) -> Mail:
    text, html = ("".join(_parts(message, kind)) for kind in ("plain", "html"))
    # Files of an older version do not say it: they were written to this person, so in their language.
    lang = str(message["Content-Language"] or person.language)
    return Mail(path.stem, str(message["Subject"]), message["Date"].datetime, text.strip(), html, lang)


def _parts(message: EmailMessage, kind: str) -> Iterator[str]:
    part = message.get_body((kind,))
    if part is not None:
        yield str(part.get_content())
