"""What issues tell, one builder a kind of ``issues.kinds``: codes and days, never prose and no names.

The page words it; here is only what tells it that something moved, and how the issue stands now.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dialogue.issues import kinds
from dialogue.journal.models import Entry
from dialogue.realtime.frames.scene import Scene
from dialogue.realtime.frames.telling import Telling, without_absent

Builder = Callable[[Entry, Scene], Telling]


def _telling_of(*refs: str) -> Builder:
    """How the issue stands, and these references of the entry: all of them ids, codes or days."""

    def build(entry: Entry, scene: Scene) -> Telling:
        issue = scene.issues.get(str(entry.refs.get("issue", "")))
        if issue is None:
            return Telling()
        facts: dict[str, Any] = without_absent(
            issue=issue.reference,
            state=issue.state,
            shown=issue.shown.value,
            holder=issue.holder,
            outcome=issue.outcome,
            due_on=issue.due_on.isoformat() if issue.due_on else None,
            after=entry.refs.get("after"),
            **{name: entry.refs.get(name) for name in refs},
        )
        return Telling(content=lambda _reader: {"facts": facts})

    return build


BUILDERS: Final[Mapping[str, Builder]] = {
    kinds.ISSUE_REGISTERED: _telling_of(),
    kinds.ISSUE_ESCALATED: _telling_of("exhibits"),
    kinds.ISSUE_RETURNED: _telling_of(),
    kinds.ISSUE_MOVED: _telling_of("verb", "source", "target"),
    kinds.ISSUE_ASSIGNED: _telling_of("assignee"),
    kinds.ISSUE_REWORDED: _telling_of("lang"),
    kinds.ISSUE_PLANNED: _telling_of("on"),
    kinds.ISSUE_NOTED: _telling_of(),
    kinds.RECOMMENDATION_DRAFTED: _telling_of("recommendation"),
    kinds.RECOMMENDATION_REVISED: _telling_of("recommendation"),
    kinds.RECOMMENDATION_RETURNED: _telling_of("recommendation"),
    kinds.RECOMMENDATION_ISSUED: _telling_of("recommendation", "addressee"),
    kinds.RECOMMENDATION_RECEIVED: _telling_of("recommendation"),
    kinds.RECOMMENDATION_ANSWERED: _telling_of("recommendation", "position"),
    kinds.RECOMMENDATION_UNANSWERED: _telling_of("recommendation"),
    kinds.RECOMMENDATION_ASSESSED: _telling_of("recommendation", "position", "implementation"),
}
