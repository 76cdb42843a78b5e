"""A refusal: the sentence that says what is wrong and what to do, and the code a program reads."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Sentence = str | Promise


@dataclass(eq=False)
class Refusal(Exception):
    """An act was not done, and nothing was written.

    ``code`` is stable and part of the wire; ``sentence`` is translatable and never echoes
    the input; ``field`` names the form or frame field; ``current`` carries what the reader
    needs to decide again (an edit conflict's present text); ``retry`` says that the same
    act may succeed later, ``after_ms`` when.
    """

    code: str
    sentence: Sentence
    field: str | None = None
    current: dict[str, Any] | None = None
    retry: bool = False
    after_ms: int | None = None

    def __str__(self) -> str:
        return self.code


class NotFound(Refusal):
    """Missing, or not for this reader: both look alike (HTTP 404)."""


class Forbidden(Refusal):
    """Visible to this person, but not theirs to do (HTTP 403)."""


class Invalid(Refusal):
    """The input breaks a rule (HTTP 400, or beside the field of a form)."""


class Conflict(Refusal):
    """Somebody was faster, or the state does not allow it (HTTP 409)."""
