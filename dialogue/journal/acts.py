"""Acts with a key: done once, answered alike for ever.

A key is made in the browser when the person presses send and is kept with the text until the
act is acknowledged, so a retry after a lost answer must find the first one.
"""

import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal.entries import Place
from dialogue.journal.models import Act, Stream
from dialogue.text.refusals import Conflict, Invalid

# As it comes from a form, or made by whoever calls.
Key = str | uuid.UUID


@dataclass(frozen=True)
class Done:
    """An acknowledged act: where it stands, and the public id of what it made or changed."""

    place: Place
    thing: str
    is_repeat: bool = False


def parse_key(raw: Key | None) -> uuid.UUID:
    """Return the key, whatever its letter case. Refuses with ``bad_key``."""
    try:
        return raw if isinstance(raw, uuid.UUID) else uuid.UUID(hex=str(raw).replace("-", ""))
    except ValueError:
        raise Invalid("bad_key", _("This form is damaged. Reload the page and send again."), "key") from None


def content_mac(content: dict[str, Any]) -> str:
    """Fingerprint an act's content: comparable, but telling nothing to who reads the table."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()
    return hmac.new(settings.SECRET_KEY.encode(), canonical, hashlib.sha256).hexdigest()


def already_done(by: User, key: uuid.UUID, content: dict[str, Any]) -> Done | None:
    """The first answer to this key, or None. Refuses with ``key_reused`` for other content."""
    act = Act.objects.filter(author=by, key=key).select_related("stream").first()
    if act is None:
        return None
    if not hmac.compare_digest(act.content_mac, content_mac(content)):
        raise Conflict(
            "key_reused", _("This was already sent with another text. Send it as a new post."), "key"
        )
    return Done(Place(act.stream.name, act.stream.epoch, act.position), act.thing, is_repeat=True)


def remember(by: User, key: uuid.UUID, content: dict[str, Any], *, place: Place, thing: str) -> Done:
    """Keep the answer in the same transaction as the act."""
    Act.objects.create(
        author=by,
        key=key,
        content_mac=content_mac(content),
        stream=Stream.objects.only("pk").get(name=place.stream),
        position=place.position,
        thing=thing,
    )
    return Done(place, thing)
