"""Numbers and states as words."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from dialogue.digests.selection.news import Change, RoomNews
from dialogue.issues import kinds
from dialogue.issues.states import IssueOutcome
from dialogue.rooms.models import Holder
from dialogue.rooms.states import Outcome, Shown

STEPS: Final = {
    kinds.RECOMMENDATION_ISSUED: gettext_lazy("A recommendation was issued."),
    kinds.RECOMMENDATION_RECEIVED: gettext_lazy("The authority has received the recommendation."),
    kinds.RECOMMENDATION_ANSWERED: gettext_lazy("The authority answered."),
    kinds.RECOMMENDATION_UNANSWERED: gettext_lazy("The time for an answer ran out."),
    kinds.RECOMMENDATION_ASSESSED: gettext_lazy("The office assessed the answer."),
}
HOLDERS: Final = {
    Holder.OFFICE.value: gettext_lazy("The office owes the next step."),
    Holder.AUTHORITY.value: gettext_lazy("The authority owes the next step."),
    Holder.NGO.value: gettext_lazy("Those who raised it owe the next step."),
}


def course(change: Change) -> str:
    """What became of it, newest state first, in whole sentences."""
    said = [_moved(change)] if change.has_moved else []
    if change.is_acknowledged:
        said.append(_("The office confirmed that it received your concern."))
    said += [str(STEPS[kind]) for kind in change.steps]
    if change.posts:
        said.append(_sentence(posts(change.posts)))
    if change.days and change.holder:
        said.append(held_for(change.holder, change.days))
    return " ".join(said)


def posts(count: int) -> str:
    return ngettext("%(count)d new message", "%(count)d new messages", count) % {"count": count}


def of_a_room(news: RoomNews) -> str:
    """“1 new concern, 12 messages”: what there is none of is not said."""
    said = []
    if news.concerns:
        text = ngettext("%(count)d new concern", "%(count)d new concerns", news.concerns)
        said.append(text % {"count": news.concerns})
    if news.discussions:
        text = ngettext("%(count)d new discussion", "%(count)d new discussions", news.discussions)
        said.append(text % {"count": news.discussions})
    if news.posts:
        said.append(posts(news.posts))
    return ", ".join(said)


def held_for(holder: str, days: int) -> str:
    if holder == Holder.AUTHORITY.value:
        text = ngettext(
            "With the authority for %(count)d working day.",
            "With the authority for %(count)d working days.",
            days,
        )
    elif holder == Holder.NGO.value:
        text = ngettext(
            "With those who raised it for %(count)d working day.",
            "With those who raised it for %(count)d working days.",
            days,
        )
    else:
        text = ngettext(
            "With the office for %(count)d working day.", "With the office for %(count)d working days.", days
        )
    return text % {"count": days}


def _moved(change: Change) -> str:
    target = _shown(change.target, change.outcome)
    if not change.source or change.source == change.target:
        return _("%(state)s.") % {"state": target}
    return _("%(source)s → %(target)s.") % {"source": _shown(change.source), "target": target}


def _shown(code: str, outcome: str = "") -> str:
    if code == Shown.CLOSED and outcome:
        return pgettext("shown state", "Closed: %(outcome)s") % {"outcome": _outcome(outcome)}
    return str(Shown(code).label)


def _outcome(code: str) -> str:
    """Of a thread or of an issue: their codes do not collide."""
    labels = {**dict(Outcome.choices), **dict(IssueOutcome.choices)}
    return str(labels[code])


def _sentence(phrase: str) -> str:
    return f"{phrase}."
