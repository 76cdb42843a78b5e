"""What is there now, so that writing anew begins from it."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.models import Issue, Position, Recommendation
from dialogue.issues.queries.pages.words import every_language
from dialogue.text.languages import Language

_IN_EVERY_LANGUAGE: Final = {"revise": ("text", "legal_basis"), "plan": ("next_step",)}


def beginning_of(verb: str, thing: Issue | Recommendation, *, wanted_lang: str = "") -> dict[str, Any]:
    """By name of the field. ``wanted_lang`` says which of the texts is written anew."""
    known: dict[str, Any] = {"lang": get_language() or Language.RU.value, "version": thing.version}
    known |= _of_issue(thing, verb, wanted_lang) if isinstance(thing, Issue) else _of_step(thing, verb)
    for name in _IN_EVERY_LANGUAGE.get(verb, ()):
        known |= {f"{name}_{words.lang}": words.text for words in every_language(thing, name)}
    return known


def _of_issue(issue: Issue, verb: str, wanted_lang: str) -> dict[str, Any]:
    if verb == "plan":
        return {"on": issue.next_step_on}
    if verb == "assign" and issue.assignee:
        return {"assignee": issue.assignee.public_id}
    if verb == "reword":
        code = wanted_lang if wanted_lang in Language.values else get_language() or issue.lang
        words = {name: getattr(issue, f"{name}_{code}") or "" for name in ("title", "summary")}
        return {"lang": code, **words}
    return {}


def _of_step(recommendation: Recommendation, verb: str) -> dict[str, Any]:
    if verb in ("receive", "answer"):
        return {"on": today_in_almaty(timezone.now())}
    if verb == "assess":
        answer = recommendation.responses.last()
        return {"position": answer.position if answer else Position.NO_REPLY}
    return {}
