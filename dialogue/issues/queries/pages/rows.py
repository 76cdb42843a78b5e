"""The ledger of recommendations as a table: what was asked, by when, what came back, how it is judged."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue.issues.models import Channel, Implementation, NgoAssessment, Position, Recommendation, Response
from dialogue.issues.queries.ledger import LedgerLine
from dialogue.issues.queries.pages.buttons import Button, step_buttons
from dialogue.issues.queries.pages.clock import DueShown, due_shown
from dialogue.issues.queries.pages.words import WordsShown, every_language, words_of
from dialogue.issues.states import RecommendationState
from dialogue.rooms.models import Byline
from dialogue.rooms.queries.pages.cards import PillShown
from dialogue.rooms.queries.pages.days import short_day
from dialogue.text.languages import Language

_TONES = {
    Implementation.FULL: "done",
    Implementation.PARTIAL: "new",
    Implementation.IN_PROGRESS: "new",
    Implementation.NONE: "risk",
    Implementation.CONTRARY: "risk",
}
# What waits longest for a hand comes first.
STEP_ORDER = ("issue", "return", "revise", "receive", "answer", "lapse", "assess")


@dataclass(frozen=True)
class AnswerShown:
    position: str
    day: str
    text: str
    lang: str
    how: str


@dataclass(frozen=True)
class NgoView:
    who: str
    view: str
    reason: str
    lang: str


@dataclass(frozen=True)
class RowShown:
    recommendation: Recommendation
    text: WordsShown
    legal_basis: WordsShown
    state: PillShown | None
    due: DueShown | None
    due_note: str
    answers: list[AnswerShown]
    assessed: PillShown | None
    reason: WordsShown
    grade: str
    ngo_views: list[NgoView]
    buttons: list[Button]
    missing: str


def rows_of(lines: list[LedgerLine]) -> list[RowShown]:
    return [_row(line) for line in lines]


def missing_words(recommendation: Recommendation) -> str:
    """Names of the languages its text is still missing in."""
    return ", ".join(str(Language(code).label) for code in recommendation.missing_languages)


def texts_of(recommendation: Recommendation) -> list[tuple[WordsShown, WordsShown]]:
    """Every language there is, each with its legal basis, for whoever signs."""
    bases = {words.lang: words for words in every_language(recommendation, "legal_basis")}
    return [(words, bases.get(words.lang, WordsShown())) for words in every_language(recommendation, "text")]


def _row(line: LedgerLine) -> RowShown:
    assessment, recommendation = line.assessment, line.recommendation
    awaited = recommendation.state in (RecommendationState.ISSUED, RecommendationState.NO_REPLY)
    on_time = DueShown(short_day(line.due.on), "", "") if line.due else None
    return RowShown(
        recommendation=recommendation,
        text=words_of(recommendation, "text"),
        legal_basis=words_of(recommendation, "legal_basis"),
        state=_state_pill(recommendation),
        due=due_shown(line.due) if line.due and awaited else on_time,
        due_note=_due_note(recommendation, line.due.on if line.due else None),
        answers=[answer_shown(response) for response in line.responses],
        assessed=_assessed(assessment.implementation) if assessment else None,
        reason=words_of(assessment, "reason") if assessment else WordsShown(),
        grade=line.grade,
        ngo_views=[_ngo_view(view) for view in line.ngo_assessments],
        buttons=step_buttons(recommendation, [verb for verb in STEP_ORDER if verb in line.may]),
        missing=missing_words(recommendation) if recommendation.state == RecommendationState.DRAFTED else "",
    )


def _state_pill(recommendation: Recommendation) -> PillShown | None:
    if recommendation.state == RecommendationState.DRAFTED:
        if recommendation.returned_at is not None:
            return PillShown("returned", _("Draft, returned for changes"), "wait")
        return PillShown("drafted", _("Draft, waits for a signature"), "office")
    if recommendation.state == RecommendationState.NO_REPLY:
        return PillShown("no_reply", str(RecommendationState.NO_REPLY.label), "risk")
    return None


def _due_note(recommendation: Recommendation, due_on: date | None) -> str:
    if due_on is None and recommendation.state == RecommendationState.ISSUED:
        return _("The time runs once the authority has received it.")
    return ""


def answer_shown(response: Response) -> AnswerShown:
    ways = {Channel.LETTER: pgettext("channel", "letter {number}"), Channel.WORKSPACE: ""}
    how = ways[Channel(response.channel)].format(number=response.number)
    position = str(Position(response.position).label)
    return AnswerShown(position, short_day(response.on), response.text, response.lang, how)


def _assessed(implementation: str) -> PillShown:
    code = Implementation(implementation)
    return PillShown(code.value, str(code.label), _TONES.get(code, "outline"))


def _ngo_view(view: NgoAssessment) -> NgoView:
    is_shielded = view.byline == Byline.SHIELDED
    who = _("A member organisation") if is_shielded else str(view.for_organisation.name)
    return NgoView(who, str(Implementation(view.implementation).label), view.reason, view.lang)
