"""The card of an issue on the threads it carries forward. Issues write it, inside their own acts."""

from datetime import date, datetime

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.rooms import kinds
from dialogue.rooms.actions.opening import streams_of_thread, tell
from dialogue.rooms.models import Carriage, Holder, Thread
from dialogue.rooms.states import Shown


def carry(
    thread: Thread,
    *,
    reference: str,
    state: Shown,
    holder: Holder,
    due_on: date | None = None,
    lead: User | None = None,
    by: User | None = None,
    now: datetime | None = None,
) -> entries.Place | None:
    """Lay the card on the thread, or bring it up to date; where nothing changed, nothing is told.

    Asks nobody for leave: the act of issues has done so, and has the thread's stream open.
    """
    card = {"state": Shown(state), "holder": Holder(holder), "due_on": due_on, "lead": lead}
    with entries.opening(streams_of_thread(thread), now=now) as opened:
        known = Carriage.objects.filter(thread=thread, reference=reference)
        if known.filter(**card).exists():
            return None
        has_moved = not known.filter(state=card["state"], holder=card["holder"]).exists()
        since = {"since": opened.at} if has_moved else {}
        if not known.update(**card, **since):
            Carriage.objects.create(thread=thread, reference=reference, since=opened.at, **card)
        return tell(opened, thread, kinds.CARRIAGE_UPDATED, by=by, reference=reference)
