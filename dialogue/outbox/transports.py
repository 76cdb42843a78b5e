"""The two ways out: a file that a person can open, or an SMTP server.

A transport returns when the mail is taken, and otherwise says which of three things happened.
"""

import os
import smtplib
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from dialogue.outbox.models import OutgoingMail

TIMEOUT_SECONDS = 30
Transport = Callable[[OutgoingMail, bytes], None]


class NotTaken(Exception):
    """Why a mail did not leave; ``code`` says nothing about the mail or its people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryLater(NotTaken):
    """Certainly not taken, and another time may be better."""


class Rejected(NotTaken):
    """Certainly not taken, and the same again would meet the same answer."""


class Unknown(NotTaken):
    """The server may have it: sending again could be a second mail."""


def transport_from_settings() -> Transport:
    if not settings.EMAIL_URL:
        return write_file
    address = urlsplit(settings.EMAIL_URL)
    if address.scheme not in ("smtp", "smtps") or not address.hostname:
        raise ValueError("EMAIL_URL must look like smtp://host:port or smtps://host:port.")
    return lambda mail, content: send_by_smtp(mail, content, server=address)


def write_file(mail: OutgoingMail, content: bytes) -> None:
    """Write beside and rename: a reader of the folder never sees half a mail."""
    folder = Path(settings.MAIL_DIR)
    name = f"{mail.queued_at:%Y%m%d-%H%M%S}-{mail.pk}.eml"
    part = folder / f".{name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("wb") as file:
            part.chmod(0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
    except OSError as error:
        raise TryLater("disk") from error


def send_by_smtp(mail: OutgoingMail, content: bytes, *, server: SplitResult) -> None:
    smtp = _connect(server)
    try:
        _name_the_people(smtp, mail)
        _hand_over(smtp, content)
    finally:
        # Not quit(): a server that dies after taking the mail must not turn it into a failure.
        smtp.close()


def _connect(server: SplitResult) -> smtplib.SMTP:
    """Everything that goes wrong here is the house's trouble, never the mail's: 5xx too."""
    host = server.hostname or ""
    smtp: smtplib.SMTP | None = None
    try:
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(
                host, server.port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(host, server.port or 587, timeout=TIMEOUT_SECONDS)
        _encrypt_and_sign_in(smtp, server)
    except (OSError, smtplib.SMTPException, TryLater) as error:
        if smtp is not None:
            smtp.close()
        raise error if isinstance(error, TryLater) else TryLater("connection") from error
    return smtp


def _encrypt_and_sign_in(smtp: smtplib.SMTP, server: SplitResult) -> None:
    smtp.ehlo_or_helo_if_needed()
    encrypted = server.scheme == "smtps"
    if not encrypted and smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
        encrypted = True
    if server.username:
        # Whoever sits on the line can hide STARTTLS; the password must not follow in the clear.
        if not encrypted:
            raise TryLater("no_encryption")
        smtp.login(unquote(server.username), unquote(server.password or ""))


def _name_the_people(smtp: smtplib.SMTP, mail: OutgoingMail) -> None:
    options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else []
    try:
        _judge(smtp.mail(parseaddr(mail.sender)[1], options)[0])
        _judge(smtp.rcpt(parseaddr(mail.recipient)[1])[0])
    except UnicodeError as error:
        raise Rejected("address") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater("connection") from error


def _hand_over(smtp: smtplib.SMTP, content: bytes) -> None:
    try:
        code = smtp.data(content)[0]
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (OSError, smtplib.SMTPException) as error:
        raise Unknown("dropped") from error
    if code < 200:
        # smtplib's word for an answer it could not read.
        raise Unknown("unreadable")
    _judge(code)


def _judge(code: int) -> None:
    if 200 <= code < 300:
        return
    raise Rejected(f"smtp_{code}") if 500 <= code < 600 else TryLater(f"smtp_{code}")
