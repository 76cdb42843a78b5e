"""The same frames over HTTP, for networks in which sockets do not open: same access, same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dialogue.accounts.models import User
from dialogue.journal.entries import Place, entries_after, ranges_of
from dialogue.realtime import announcing, catching_up
from dialogue.realtime.announcing import Reason
from dialogue.realtime.frames import tell
from dialogue.realtime.limits import MAX_PAGE_ENTRIES
from dialogue.realtime.listener import Admission, Listener, listener_of
from dialogue.realtime.looking import Sources
from dialogue.realtime.protocol import encode, error_frame
from dialogue.realtime.revocation import look_again
from dialogue.realtime.streams import acl_versions, hearing_of
from dialogue.realtime.told import Told, variant_of
from dialogue.rooms.access.refused import not_found
from dialogue.text.refusals import Invalid, Refusal

MAX_POSITION: Final = 2**63
MAX_DIGITS: Final = 19


@dataclass(frozen=True)
class Asked:
    """Where the page is; nothing for a page that has no place yet."""

    epoch: str | None
    after: int | None


@require_safe
def entries(request: HttpRequest, name: str) -> HttpResponse:
    """``{"frames": […]}``: one ``entries`` and then ``live`` or not, or one ``reset``."""
    user = request.user
    if not isinstance(user, User):
        return _signed_out()
    # PostgreSQL takes no NUL, not even in a question; no stream has such a name.
    hearing = hearing_of(user, name) if name.isprintable() else None
    if hearing is None:
        return _refused(not_found(), status=404)
    try:
        asked = _asked(request)
    except Invalid as refusal:
        return _refused(refusal, status=400)
    place, floor = ranges_of([name])[name]
    reason = _reason_to_reset(asked, place, max(floor, hearing.floor))
    if reason is not None:
        return _frames([announcing.reset(place, reason)])
    return _told_after(asked.after or 0, place, listener_of(user, str(request.session.session_key)))


def _told_after(position: int, place: Place, who: Listener) -> HttpResponse:
    """Looks again after the entries were read: who lost access meanwhile hears none of them (I5)."""
    rows = entries_after(place.stream, position, limit=MAX_PAGE_ENTRIES, until=place.position)
    told = tell(rows)
    (verdict,) = look_again(Sources(tell, hearing_of, acl_versions), [(who, place.stream)])
    if not verdict.is_signed_in:
        return _signed_out()
    if verdict.admission is None:
        return _refused(not_found(), status=404)
    return _page(place, told, verdict.admission)


def _asked(request: HttpRequest) -> Asked:
    epoch, after = request.GET.getlist("epoch"), request.GET.getlist("after")
    if len(epoch) > 1 or len(after) > 1 or len(epoch) != len(after):
        raise Invalid("bad_frame", _("This page is out of date. Reload it and try again."), "after")
    if not after:
        return Asked(None, None)
    digits = after[0]
    if not (
        digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS and int(digits) < MAX_POSITION
    ):
        raise Invalid("bad_frame", _("This page is out of date. Reload it and try again."), "after")
    return Asked(epoch[0], int(digits))


def _reason_to_reset(asked: Asked, place: Place, floor: int) -> Reason | None:
    """Never a partial recovery, as on the socket."""
    position = asked.after or 0
    reason = catching_up.reason_not_to_go_on(asked.epoch, position, place=place, floor=floor)
    is_too_far = reason is None and catching_up.is_too_far_behind(position, place)
    return "too_far_behind" if is_too_far else reason


def _page(place: Place, told: Sequence[Told], admission: Admission) -> HttpResponse:
    hearing, listener = admission.hearing, admission.listener

    def bytes_of(one: Told) -> bytes:
        variant = variant_of(one, listener, hearing.audience, floor=hearing.floor)
        return one.bytes_for(variant, listener.language)

    frames = catching_up.page_of(told, bytes_of)
    until = told[len(frames) - 1].position if frames else place.position
    has_more = until < place.position
    page = announcing.entries(place.stream, place.epoch, frames=frames, more=has_more)
    return _frames([page] if has_more else [page, announcing.live(place)])


def _frames(frames: Sequence[bytes]) -> HttpResponse:
    return HttpResponse(b'{"frames":[' + b",".join(frames) + b"]}", content_type="application/json")


def _signed_out() -> HttpResponse:
    sentence = _("You are signed out. Sign in again; what you typed is kept.")
    return _refused(Refusal("signed_out", sentence), status=401)


def _refused(refusal: Refusal, *, status: int) -> HttpResponse:
    return HttpResponse(encode(error_frame(refusal, None)), status=status, content_type="application/json")
