"""Words that stand in the world, and who may read each of them: in a page, a header, anywhere."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from tests.cast import NAMES, ROLES
from tests.matrix.table import INVITED, MARKED, NOBODY, OFFICE, READERS, SAFE
from tests.matrix.world import address_of, planted


@dataclass(frozen=True)
class Secret:
    """``told_on`` is the row whose page does say it to all of them: else its absence would prove nothing."""

    what: str
    word: str
    readers: Set[str]
    told_on: str = ""

    @property
    def told_by(self) -> tuple[str, str]:
        return "get", self.told_on


def _said(what: str, readers: Set[str], told_on: str) -> Secret:
    return Secret(what, planted(what), readers, told_on)


# Whose name stands under something in the world, besides for themselves: by organisation for the
# office and the own lead; moderators and officers sign by name.
NAMED_TO: Final[dict[str, Set[str]]] = {
    "member": OFFICE | {"lead"},
    "lead": OFFICE,
    "second_member": OFFICE,
    "moderator": READERS,
    "officer": READERS,
    "approver": READERS,
    "authority": OFFICE,
}

SECRETS: Final = [
    *(_said(f"open {part}", READERS, "rooms:thread open thread") for part in ("title", "body")),
    _said("shielded post", READERS, "rooms:thread open thread"),
    _said("office note", OFFICE, "rooms:thread open thread"),
    _said("withdrawn post", NOBODY, ""),
    _said("invited room", INVITED, "rooms:room invited room"),
    *(_said(f"invited {part}", INVITED, "rooms:thread invited thread") for part in ("title", "body", "post")),
    *(_said(f"held {part}", SAFE, "rooms:thread held thread") for part in ("title", "body", "post")),
    _said("hold reason", {"moderator", "safety"}, ""),
    *(_said(f"office {part}", MARKED, "rooms:thread office thread") for part in ("title", "body", "post")),
    _said("new issue title", READERS, "issues:issue new issue"),
    _said("issue title", READERS, "issues:issue issue"),
    _said("issue summary", READERS, "issues:issue issue"),
    _said("issue note", OFFICE, "issues:issue issue"),
    _said("carried title", READERS, "issues:issue issue"),
    _said("draft", OFFICE, "issues:issue issue"),
    Secret("grade", "Grade E, office only", OFFICE, "issues:issue issue"),
    _said("issued", READERS | {"authority"}, ""),
    *(
        _said(f"invited {what}", INVITED, "issues:issue invited issue")
        for what in ("issue title", "issue summary", "carried title", "carried body")
    ),
    *(
        _said(f"office {what}", MARKED, "issues:issue office issue")
        for what in ("issue title", "issue summary", "carried title", "carried body")
    ),
    *(Secret(f"address of {name}", address_of(name), {name}, "") for name in NAMES if name != "visitor"),
    *(
        Secret(f"name of {name}", planted(f"name of {name}"), {name} | NAMED_TO.get(name, NOBODY), "")
        for name in (*ROLES, "nobody")
    ),
]
