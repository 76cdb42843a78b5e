"""The timeline in sentences: what happened, who of the office did it, and the words that belong to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from dialogue.issues import kinds
from dialogue.issues.models import Implementation, Position
from dialogue.issues.queries.pages.words import WordsShown, words_of
from dialogue.issues.queries.timeline import BY_AN_AUTHORITY, Happening
from dialogue.issues.states import SHOWN_OF_ISSUE, IssueOutcome, IssueState
from dialogue.rooms.models import Holder
from dialogue.rooms.queries.pages.bylines import initials_of
from dialogue.rooms.queries.pages.days import day_and_hour
from dialogue.text.languages import Language

Say = Callable[[Happening], str]
_MINOR: Final = (
    *(kinds.ISSUE_ASSIGNED, kinds.ISSUE_REWORDED, kinds.ISSUE_PLANNED),
    *(kinds.RECOMMENDATION_DRAFTED, kinds.RECOMMENDATION_REVISED, kinds.RECOMMENDATION_RECEIVED),
)
_ICONS: Final = {
    kinds.ISSUE_REGISTERED: "issues",
    kinds.ISSUE_ESCALATED: "escalate",
    kinds.ISSUE_RETURNED: "arrow-left",
    kinds.ISSUE_MOVED: "arrow-right",
    kinds.ISSUE_ASSIGNED: "user",
    kinds.ISSUE_REWORDED: "edit",
    kinds.ISSUE_PLANNED: "clock",
    kinds.ISSUE_NOTED: "edit",
    kinds.RECOMMENDATION_DRAFTED: "edit",
    kinds.RECOMMENDATION_REVISED: "edit",
    kinds.RECOMMENDATION_RETURNED: "arrow-left",
    kinds.RECOMMENDATION_ISSUED: "send",
    kinds.RECOMMENDATION_RECEIVED: "mail",
    kinds.RECOMMENDATION_ANSWERED: "mail",
    kinds.RECOMMENDATION_UNANSWERED: "alert",
    kinds.RECOMMENDATION_ASSESSED: "check",
}


@dataclass(frozen=True)
class HappeningShown:
    """``about`` is the authority it concerns; ``quote`` what somebody of the office wrote."""

    at: datetime
    moment: str
    sentence: str
    icon: str
    tone: str = ""
    by: str = ""
    initials: str = ""
    about: str = ""
    quote: WordsShown = field(default_factory=WordsShown)
    is_for_the_office: bool = False


def happenings_shown(happenings: list[Happening], *, lang: str) -> list[HappeningShown]:
    """``lang`` is that of short notes, which are kept in the words of whoever moved the issue."""
    return [_shown(happening, lang) for happening in happenings if happening.kind in SENTENCES]


def _shown(happening: Happening, lang: str) -> HappeningShown:
    by = happening.by.name if happening.by else ""
    return HappeningShown(
        at=happening.at,
        moment=day_and_hour(happening.at),
        sentence=SENTENCES[happening.kind](happening),
        icon=_ICONS.get(happening.kind, "check"),
        tone=_tone(happening),
        by=by,
        initials=initials_of(by),
        about=str(happening.recommendation.addressee.name) if happening.recommendation else "",
        quote=_quote(happening, lang),
        is_for_the_office=happening.is_for_the_office,
    )


def _tone(happening: Happening) -> str:
    if happening.is_for_the_office:
        return "note"
    if happening.kind in BY_AN_AUTHORITY:
        return "authority"
    return "" if happening.kind in _MINOR else "office"


def _quote(happening: Happening, lang: str) -> WordsShown:
    if happening.note is not None:
        return words_of(happening.note, "body")
    if happening.move is not None and happening.move.note:
        return WordsShown(happening.move.note, lang)
    return WordsShown()


def moved(happening: Happening) -> str:
    """A step, or the ball in other hands while the state stays."""
    refs = happening.refs
    if refs.get("verb") == "return":
        return _("Given back to triage")
    if refs.get("outcome"):
        return _("Closed: {outcome}").format(outcome=IssueOutcome(refs["outcome"]).label)
    if refs.get("source") == refs.get("target"):
        return {
            Holder.OFFICE: _("The office has the next step"),
            Holder.AUTHORITY: _("The authority has the next step"),
            Holder.NGO: _("Those who raised it have the next step"),
            Holder.NOBODY: _("Nobody has the next step"),
        }[Holder(refs.get("holder", ""))]
    if refs.get("target") == IssueState.INQUIRY:
        return _("Inquiry begun")
    return str(SHOWN_OF_ISSUE[IssueState(refs["target"])].label)


def assigned(happening: Happening) -> str:
    name = happening.assignee.name if happening.assignee else ""
    return _("Led by {name} from now on").format(name=name)


def reworded(happening: Happening) -> str:
    language = Language(happening.refs["lang"]).label if happening.refs.get("lang") else ""
    return _("Title and summary written anew, {language}").format(language=language)


def answered(happening: Happening) -> str:
    position = happening.refs.get("position")
    if position not in Position.values:
        return _("The authority answered")
    return _("The authority answered: {position}").format(position=Position(position).label)


def assessed(happening: Happening) -> str:
    implementation = happening.refs.get("implementation")
    if implementation not in Implementation.values:
        return _("Assessed by the office")
    return _("Assessed by the office: {result}").format(result=Implementation(implementation).label)


def noted(happening: Happening) -> str:
    return _("Office note") if happening.is_for_the_office else _("Note of the office for everyone here")


SENTENCES: Final[Mapping[str, Say]] = {
    kinds.ISSUE_REGISTERED: lambda _happening: _("Taken up under its number"),
    kinds.ISSUE_ESCALATED: lambda _happening: _("Made of a concern"),
    kinds.ISSUE_RETURNED: lambda _happening: _("Given back to triage"),
    kinds.ISSUE_MOVED: moved,
    kinds.ISSUE_ASSIGNED: assigned,
    kinds.ISSUE_REWORDED: reworded,
    kinds.ISSUE_PLANNED: lambda _happening: _("Next step planned"),
    kinds.ISSUE_NOTED: noted,
    kinds.RECOMMENDATION_DRAFTED: lambda _happening: _("Recommendation drafted"),
    kinds.RECOMMENDATION_REVISED: lambda _happening: _("Draft written anew"),
    kinds.RECOMMENDATION_RETURNED: lambda _happening: _("Draft returned for changes"),
    kinds.RECOMMENDATION_ISSUED: lambda _happening: _("Recommendation issued"),
    kinds.RECOMMENDATION_RECEIVED: lambda _happening: _("The authority has received it"),
    kinds.RECOMMENDATION_ANSWERED: answered,
    kinds.RECOMMENDATION_UNANSWERED: lambda _happening: _("No reply in time"),
    kinds.RECOMMENDATION_ASSESSED: assessed,
}
