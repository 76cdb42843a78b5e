"""Names of what may be done with an issue or a recommendation, in the order of the work."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue.issues.models import Issue, Recommendation

ORDER = (
    *("inquire", "check", "draft", "assign", "plan", "reword", "note"),
    *("start_closing", "resume", "close", "decline", "return"),
)


@dataclass(frozen=True)
class Button:
    verb: str
    label: str
    address: str
    tone: str = ""


def buttons_of(issue: Issue, may: frozenset[str]) -> list[Button]:
    return [Button(verb, verb_label(verb), verb_address(issue, verb)) for verb in ORDER if verb in may]


def step_buttons(recommendation: Recommendation, verbs: list[str]) -> list[Button]:
    return [
        Button(
            verb, step_label(verb), step_address(recommendation, verb), "primary" if verb == "issue" else ""
        )
        for verb in verbs
    ]


def verb_address(issue: Issue, verb: str) -> str:
    return reverse("issues:act", args=[issue.reference, verb])


def step_address(recommendation: Recommendation, verb: str) -> str:
    return reverse("issues:step", args=[recommendation.public_id, verb])


def verb_label(verb: str) -> str:
    return {
        "inquire": _("Begin the inquiry"),
        "check": _("Check the results"),
        "start_closing": _("Propose to close"),
        "resume": _("Resume the follow-up"),
        "close": _("Close the issue"),
        "decline": _("Decline with a reason"),
        "return": _("Give back to triage"),
        "assign": _("Say who leads it"),
        "plan": _("Plan the next step"),
        "reword": _("Write title and summary"),
        "note": _("Write a note"),
        "draft": _("Draft a recommendation"),
    }[verb]


def step_label(verb: str) -> str:
    return {
        "revise": pgettext("recommendation", "Write anew"),
        "return": pgettext("recommendation", "Return with a note"),
        "issue": pgettext("recommendation", "Sign and issue"),
        "receive": pgettext("recommendation", "Log the receipt"),
        "answer": pgettext("recommendation", "Log the answer"),
        "lapse": pgettext("recommendation", "Record that no reply came"),
        "assess": pgettext("recommendation", "Assess"),
    }[verb]
