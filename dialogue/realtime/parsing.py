"""From the text of one message to a frame, or to a refusal that says what was wrong."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from dialogue.realtime.client_frames import ClientFrame
from dialogue.realtime.fields import as_key
from dialogue.realtime.limits import MAX_NESTING_LEVELS, MAX_NUMBER_DIGITS
from dialogue.text.characters import NEVER_ACCEPTED
from dialogue.text.refusals import Invalid

_FRAMES: Final[TypeAdapter[ClientFrame]] = TypeAdapter(ClientFrame)
_KINDS: Final = frozenset("subscribe unsubscribe raise post edit withdraw react read typing got beat".split())
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]{}]")
_FIELD_NAME: Final = re.compile(r"[a-z_]{1,40}", re.ASCII)

_DAMAGED: Final = _("This message arrived damaged. Reload the page and send it again.")
_NOT_UNDERSTOOD: Final = _("This page is out of date. Reload it and try again.")
_BAD_TEXT: Final = _("This text contains characters that cannot be kept. Type it again without them.")


@dataclass(eq=False)
class Unreadable(Invalid):
    """``ref``: the key of the frame if that much could be read, so that the page finds its text."""

    ref: UUID | None = None


def parse(text: str | bytes) -> ClientFrame:
    """The frame that was sent. Raises ``Unreadable`` and nothing else, whatever arrives."""
    if isinstance(text, bytes):
        raise Unreadable("binary_not_supported", _NOT_UNDERSTOOD)
    value = _json(text)
    if not isinstance(value, dict):
        raise Unreadable("bad_frame", _NOT_UNDERSTOOD)
    ref = _ref(value)
    _refuse_bad_text(value, ref)
    kind = value.get("t")
    if isinstance(kind, str) and kind not in _KINDS:
        raise Unreadable("unknown_type", _NOT_UNDERSTOOD, "t", ref=ref)
    if not isinstance(kind, str):
        raise Unreadable("bad_frame", _NOT_UNDERSTOOD, "t", ref=ref)
    try:
        return _FRAMES.validate_python(value)
    except ValidationError as fault:
        raise _refusal(fault, ref) from None


def _json(text: str) -> Any:
    if _nesting(text) > MAX_NESTING_LEVELS:
        raise Unreadable("bad_json", _DAMAGED)
    try:
        return _DECODER.decode(text)
    except ValueError:
        raise Unreadable("bad_json", _DAMAGED) from None


def _nesting(text: str) -> int:
    """Counted before parsing: the parser of the standard library recurses."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _bounded(digits: str) -> int:
    if len(digits) > MAX_NUMBER_DIGITS:
        raise ValueError("too many digits")
    return int(digits)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_without_repeats,
    parse_constant=_refuse,
    parse_float=_finite,
    parse_int=_bounded,
)


def _ref(value: dict[str, Any]) -> UUID | None:
    try:
        return as_key(value.get("key"))
    except PydanticCustomError:
        return None


def _refuse_bad_text(value: dict[str, Any], ref: UUID | None) -> None:
    for name, inside in value.items():
        if any(NEVER_ACCEPTED.search(text) for text in (name, *_texts(inside))):
            raise Unreadable("bad_text", _BAD_TEXT, _shown(name), ref=ref)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)


def _refusal(fault: ValidationError, ref: UUID | None) -> Unreadable:
    """The first fault is told; the location starts with the kind of the frame."""
    first = fault.errors(include_url=False)[0]
    place = first["loc"][1:]
    name = place[0] if place else first.get("ctx", {}).get("field")
    # A field called key is only a key where the kind has one.
    if name == "key" and first["type"] in ("bad_key", "missing"):
        return Unreadable("bad_key", _DAMAGED, "key", ref=ref)
    return Unreadable("bad_frame", _NOT_UNDERSTOOD, _shown(str(name)), ref=ref)


def _shown(name: str) -> str | None:
    """What a stranger invented is not echoed, unless it looks like a field of ours."""
    return name if _FIELD_NAME.fullmatch(name) else None
