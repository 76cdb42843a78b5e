"""The page about access tells what the tables of the tests hold, and the tests hold the code to them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tests.cast import NAMES
from tests.issues import test_access_table as of_issues
from tests.rooms import test_access_by_state as of_triage
from tests.rooms import test_access_table as of_rooms

PAGE: Final = Path(__file__).parents[2] / "docs" / "access.md"
HEADINGS: Final = {"second_member": "second", "data_officer": "data"}
Table = Mapping[Callable[..., Any], set[str]]


def tables() -> Iterator[tuple[str, Table]]:
    yield "An open room", of_rooms.IN_THE_OPEN_ROOM
    yield "A room by invitation", of_rooms.IN_THE_INVITED_ROOM
    yield "A thread of *member* in the open room", of_rooms.ON_A_THREAD_IN_THE_OPEN
    yield "A post of *member*", of_rooms.ON_A_POST_OF_MEMBER
    triage = {verb: people for verb, (states, people) in of_triage.TRIAGE.items() if states}
    yield "A concern of *member*, in a state that allows it", triage
    yield "The same while it is held by *moderator*", of_triage.WHILE_HELD
    yield "A new issue", of_issues.ON_A_NEW_ISSUE


def written() -> str:
    return "\n".join(line for title, table in tables() for line in _lines(title, table))


def _lines(title: str, table: Table) -> Iterator[str]:
    yield f"### {title}\n"
    yield f"| | {' | '.join(HEADINGS.get(name, name) for name in NAMES)} |"
    yield f"|---|{'---|' * len(NAMES)}"
    for verb, people in table.items():
        cells = " | ".join("●" if name in people else "·" for name in NAMES)
        yield f"| `{verb.__name__}` | {cells} |"
    yield ""


def test_the_page_tells_what_the_tables_hold() -> None:
    assert written().rstrip() in PAGE.read_text(), f"docs/access.md is to hold:\n\n{written()}"
