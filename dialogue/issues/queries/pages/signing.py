"""“To sign” as cards, and what an authority sees of its own."""

from dataclasses import dataclass
from datetime import datetime

from dialogue.accounts.models import User
from dialogue.issues.models import Issue, Recommendation
from dialogue.issues.queries.lists import addressed_to, to_sign
from dialogue.issues.queries.pages.clock import DueShown, due_shown
from dialogue.issues.queries.pages.course import priority_pill
from dialogue.issues.queries.pages.rows import AnswerShown, answer_shown, missing_words, texts_of
from dialogue.issues.queries.pages.words import WordsShown, words_of
from dialogue.issues.states import RecommendationState
from dialogue.rooms.queries.pages.cards import PillShown
from dialogue.rooms.queries.pages.days import short_day


@dataclass(frozen=True)
class SignCard:
    recommendation: Recommendation
    issue: Issue
    title: WordsShown
    texts: list[tuple[WordsShown, WordsShown]]
    drafted_on: str
    missing: str
    may_be_issued: bool
    priority: PillShown | None


@dataclass(frozen=True)
class AddressedCard:
    """No issue, no room, no author: what an authority is asked, and by when."""

    texts: list[tuple[WordsShown, WordsShown]]
    state: str
    issued_on: str
    received_on: str
    due: DueShown | None
    answers: list[AnswerShown]


def sign_cards(user: User) -> list[SignCard]:
    return [_sign_card(each) for each in to_sign(user)]


def addressed_cards(user: User, *, now: datetime) -> list[AddressedCard]:
    cards = []
    for each in addressed_to(user, now=now):
        row = each.recommendation
        receipt = getattr(row, "receipt", None)
        is_open = row.state in (RecommendationState.ISSUED, RecommendationState.NO_REPLY)
        cards.append(
            AddressedCard(
                texts=texts_of(row),
                state=str(row.shown.label),
                issued_on=short_day(row.issued_at) if row.issued_at else "",
                received_on=short_day(receipt.on) if receipt else "",
                due=due_shown(each.due) if each.due and is_open else None,
                answers=[answer_shown(response) for response in row.responses.all()],
            )
        )
    return cards


def _sign_card(row: Recommendation) -> SignCard:
    return SignCard(
        recommendation=row,
        issue=row.issue,
        title=words_of(row.issue, "title"),
        texts=texts_of(row),
        drafted_on=short_day(row.drafted_at),
        missing=missing_words(row),
        may_be_issued=not row.lacks_a_language,
        priority=priority_pill(row.issue),
    )
