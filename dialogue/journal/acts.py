"""Acts with a key: done once, answered alike for ever.

A key is made in the browser when the person presses send and is kept with the text until the
act is acknowledged, so a retry after a lost answer must find the first one.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.journal.models import Act
from dialogue.journal.opened import Opened, Place
from dialogue.questions.inserting import insert
from dialogue.questions.written_once import written_once
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
    opened = entries.held()
    known = opened.answers if opened else {}
    first = known[by.pk, key] if (by.pk, key) in known else _answers_to([key]).get((by.pk, key))
    if first is None:
        return None
    if not hmac.compare_digest(first.content_mac, content_mac(content)):
        raise Conflict(
            "key_reused", _("This was already sent with another text. Send it as a new post."), "key"
        )
    return replace(first.done, is_repeat=True)


def look_up(asked: Collection[tuple[int, uuid.UUID]], *, opened: Opened) -> None:
    """For acts that commit together: find at once which of these (person's id, key) were used before."""
    found = _answers_to([key for _person, key in asked])
    opened.answers.update({one: found.get(one) for one in asked})


def remember(by: User, key: uuid.UUID, content: dict[str, Any], *, place: Place, thing: str) -> Done:
    """Keep the answer in the same transaction as the act."""
    opened = entries.held()
    if opened is None:
        raise entries.StreamNotOpen(place.stream.split(":")[0])
    done, mac = Done(place, thing), content_mac(content)
    opened.answers[by.pk, key] = _Answer(mac, done)
    head = opened.head(place.stream)
    act = Act(
        author=by, key=key, content_mac=mac, stream_id=head.stream_id, position=place.position, thing=thing
    )
    opened.at_end(_write_acts, act)
    return done


@dataclass(frozen=True)
class _Answer:
    content_mac: str
    done: Done


def _answers_to(keys: Collection[uuid.UUID]) -> dict[tuple[int, uuid.UUID], _Answer]:
    acts = _acts_with(keys)
    return {
        (act.author_id, act.key): _Answer(
            act.content_mac, Done(Place(act.stream.name, act.stream.epoch, act.position), act.thing)
        )
        for act in acts
    }


@written_once
def _acts_with(keys: Collection[uuid.UUID]) -> QuerySet[Act]:
    return Act.objects.filter(key__in=keys).select_related("stream")


def _write_acts(acts: Sequence[Act]) -> None:
    insert(acts)
