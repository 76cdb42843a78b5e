"""Exhibits: the pinned text where it may be read, its stamp, and whether it is still what was pinned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogue.calendar.working_days import today_in_almaty
from dialogue.issues.queries.page import ExhibitFound
from dialogue.rooms.queries.pages.days import short_day


@dataclass(frozen=True)
class ExhibitShown:
    number: int
    sha256: str
    is_intact: bool
    is_withheld: bool
    html: str = ""
    lang: str = ""
    written_on: date | None = None
    day: str = ""
    version: int = 0


def exhibits_shown(exhibits: Sequence[ExhibitFound]) -> list[ExhibitShown]:
    return [_shown(each) for each in exhibits]


def _shown(each: ExhibitFound) -> ExhibitShown:
    revision, row = each.revision, each.exhibit
    if revision is None:
        return ExhibitShown(row.number, row.sha256, each.is_intact, is_withheld=True)
    return ExhibitShown(
        number=row.number,
        sha256=row.sha256,
        is_intact=each.is_intact,
        is_withheld=False,
        html=revision.html,
        lang=revision.post.lang,
        written_on=today_in_almaty(revision.written_at),
        day=short_day(revision.written_at),
        version=revision.version,
    )
