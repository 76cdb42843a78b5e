"""A recommendation is drafted by the officer, and issued or returned by an approver: never one person."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.issues.access import can_draft_ever, visible_issue
from dialogue.issues.actions.course import NextMove, advance
from dialogue.issues.actions.moving import allowed_step
from dialogue.issues.actions.running import ActAsked, refuse_closed_issue, run, tell, tell_the_office
from dialogue.issues.actions.steps import StepAsked, keep_step, take_step, write_step
from dialogue.issues.actions.words import Texts, clean_texts, columns, put_words
from dialogue.issues.kinds import (
    RECOMMENDATION_DRAFTED,
    RECOMMENDATION_ISSUED,
    RECOMMENDATION_RETURNED,
    RECOMMENDATION_REVISED,
)
from dialogue.issues.models import Issue, Recommendation
from dialogue.issues.states import IssueState
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place
from dialogue.organisations.models import Organisation
from dialogue.organisations.queries import authorities
from dialogue.text.cleaning import clean_body
from dialogue.text.refusals import Conflict, Forbidden, Invalid

MAX_TEXT: Final = 4_000
MAX_LEGAL_BASIS: Final = 1_000
MAX_REASON: Final = 2_000


def draft_recommendation(
    issue: Issue,
    *,
    by: User,
    key: Key,
    addressee: str,
    texts: Texts,
    legal_basis: Texts | None = None,
    now: datetime | None = None,
) -> Done:
    """``addressee`` is the slug of an authority; ``texts`` is by language code. It waits in “To sign”."""
    words = _clean(texts, legal_basis)
    content = {"act": "recommendations.draft", "issue": issue.reference, "to": addressee, "words": words}

    def write(opened: Opened, fresh: Issue) -> tuple[Place, str]:
        _refuse_late(fresh)
        row = _create(fresh, _authority(addressee), words, by=by, at=opened.at)
        keep_step(opened, row, StepAsked("draft", by, key, content))
        place = tell_the_office(opened, fresh, RECOMMENDATION_DRAFTED, by=by, recommendation=row.public_id)
        return place, row.public_id

    return run(
        issue,
        ActAsked(by, key, content, now),
        look=lambda: visible_issue(by, issue.reference),
        may=lambda _fresh: can_draft_ever(by),
        do=write,
    )


def revise_recommendation(
    recommendation: Recommendation,
    *,
    by: User,
    key: Key,
    texts: Texts,
    legal_basis: Texts | None = None,
    version: int | None = None,
    now: datetime | None = None,
) -> Done:
    """Write the draft anew; whoever does so is its drafter and cannot sign it. It waits to be signed."""
    words = _clean(texts, legal_basis)
    wish = StepAsked("revise", by, key, {"words": words}, now)

    def write(opened: Opened, fresh: Recommendation) -> Place:
        if version is not None and version != fresh.version:
            sentence = _("Somebody changed this draft just now. Look at it again.")
            raise Conflict("conflict", sentence, current={"version": fresh.version})
        put_words(fresh, "text", words["text"])
        put_words(fresh, "legal_basis", words["legal_basis"])
        write_step(opened, fresh, wish, drafted_by=by, returned_at=None)
        kind, refs = RECOMMENDATION_REVISED, {"recommendation": fresh.public_id}
        return tell_the_office(opened, fresh.issue, kind, by=by, **refs)

    return take_step(recommendation, wish, do=write)


def return_recommendation(
    recommendation: Recommendation,
    *,
    by: User,
    key: Key,
    reason: str,
    now: datetime | None = None,
) -> Done:
    """The approver wants it changed: back to its drafter, with the reason."""
    why = clean_body(reason, field="reason", max_characters=MAX_REASON)
    wish = StepAsked("return", by, key, {"reason": why}, now, note=why)

    def write(opened: Opened, fresh: Recommendation) -> Place:
        _refuse_unsignable(fresh)
        write_step(opened, fresh, wish, returned_at=opened.at)
        kind, refs = RECOMMENDATION_RETURNED, {"recommendation": fresh.public_id}
        return tell_the_office(opened, fresh.issue, kind, by=by, **refs)

    return take_step(recommendation, wish, do=write)


def issue_recommendation(
    recommendation: Recommendation, *, by: User, key: Key, now: datetime | None = None
) -> Done:
    """Sign it: the issue is with the authority. The clock starts only when the authority has it."""
    wish = StepAsked("issue", by, key, {}, now)

    def sign(opened: Opened, fresh: Recommendation) -> Place:
        _refuse_signing(fresh, by=by)
        write_step(opened, fresh, wish, issued_by=by, issued_at=opened.at)
        issue = fresh.issue
        refs = {"recommendation": fresh.public_id, "addressee": fresh.addressee.public_id}
        place = tell(opened, issue, RECOMMENDATION_ISSUED, by=by, **refs)
        already_sent = issue.state == IssueState.WITH_AUTHORITY
        advance(opened, issue, NextMove("send", None if already_sent else IssueState.WITH_AUTHORITY), by=by)
        return place

    return take_step(recommendation, wish, do=sign)


def _create(
    issue: Issue, addressee: Organisation, words: dict[str, dict[str, str]], *, by: User, at: datetime
) -> Recommendation:
    return Recommendation.objects.create(
        issue=issue,
        addressee=addressee,
        drafted_by=by,
        drafted_at=at,
        **columns("text", words["text"]),
        **columns("legal_basis", words["legal_basis"]),
    )


def _refuse_signing(recommendation: Recommendation, *, by: User) -> None:
    if recommendation.drafted_by_id == by.pk:
        raise Forbidden("own_proposal", _("You wrote this draft, so somebody else must sign it."))
    _refuse_unsignable(recommendation)
    issue = recommendation.issue
    if issue.state != IssueState.WITH_AUTHORITY:
        allowed_step(issue, "send")
    if recommendation.lacks_a_language:
        sentence = _("It is issued in Kazakh and in Russian. Add the missing text, or return it.")
        raise Conflict("language_missing", sentence, current={"missing": [*recommendation.missing_languages]})


def _refuse_unsignable(recommendation: Recommendation) -> None:
    if recommendation.returned_at is not None:
        raise Conflict("returned", _("This draft was returned and has not been written anew yet."))


def _refuse_late(issue: Issue) -> None:
    refuse_closed_issue(issue)
    if issue.state == IssueState.CLOSING:
        raise Conflict("issue_closing", _("This issue is being closed. Resume it before you recommend more."))


def _authority(slug: str) -> Organisation:
    found = authorities().filter(slug=slug).first()
    if found is None:
        raise Invalid("not_a_choice", _("Choose the authority this is for."), "addressee")
    return found


def _clean(texts: Texts, legal_basis: Texts | None) -> dict[str, dict[str, str]]:
    """The legal basis may be missing."""
    words = {"text": clean_texts(texts, field="text", max_characters=MAX_TEXT), "legal_basis": {}}
    if legal_basis and any(text.strip() for text in legal_basis.values()):
        words["legal_basis"] = clean_texts(legal_basis, field="legal_basis", max_characters=MAX_LEGAL_BASIS)
    return words
