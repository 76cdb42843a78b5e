"""F24, F25: several do the same at once, at two processes; one does it, the others are told the truth.

The acts themselves race in tests/issues/test_races.py; here it is forms of real processes, with
everything that lies between.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.forms import Answer, Browser, value_in
from tests.faults.town import AT_ONCE, ROOM, Town
from tests.faults.town import a_town as a_town

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(420)]


def test_eight_moderators_take_up_one_concern(town: Town) -> None:
    """F24: one issue a thread, numbers without a hole, and seven who read whose it is."""
    count = 24 if town.is_embedded else 104
    threads = town.hand.do("threads", by="author", room=ROOM, count=count)["threads"]
    moderators = town.people("moderator")
    for thread in threads:
        answers = town.at_once([escalating(town, who, n, thread) for n, who in enumerate(moderators)])
        assert Counter(answer.status for answer in answers) == {302: 1, 409: AT_ONCE - 1}
        (done,) = [answer.location for answer in answers if answer.status == 302]
        reference = done.strip("/").split("/")[-1]
        for answer in answers:
            assert answer.status == 302 or reference in answer.page
    found = town.hand.do("escalations")
    assert found["per_thread"] == dict.fromkeys(threads, 1)
    assert found["sequences"] == list(range(1, count + 1))
    assert found["last"] == found["registered"] == found["carriages"] == count


def escalating(town: Town, who: Browser, number: int, thread: str) -> Callable[[], Answer]:
    words = {"title": "Steps at the court", "summary": f"Nine steps, says {number}.", "priority": "normal"}
    return lambda: who.send(town.web(number), f"/threads/{thread}/escalate/", **words)


def test_eight_editors_of_one_issue(town: Town) -> None:
    """F25: one text is kept, seven are shown it beside their own; sent again, each of them is kept."""
    (thread,) = town.hand.do("threads", by="author", room=ROOM)["threads"]
    editors = town.people("moderator")
    reference = town.hand.do("take_up", thread=thread, by="moderator-0")["issue"]
    answers: list[Answer] = []
    winner = turn = 0
    for turn in range(8 if town.is_embedded else 25):
        version = town.hand.do("issue", reference=reference)["version"]
        answers = town.at_once(
            [rewording(town, who, n, reference, turn, version) for n, who in enumerate(editors)]
        )
        assert Counter(answer.status for answer in answers) == {302: 1, 409: AT_ONCE - 1}
        winner = [answer.status for answer in answers].index(302)
        kept = town.hand.do("issue", reference=reference)
        assert (kept["version"], kept["title"]) == (version + 1, title_of(winner, turn))
        for number, answer in enumerate(answers):
            assert answer.status == 302 or title_of(number, turn) in answer.page
    loser = (winner + 1) % AT_ONCE
    again = {"key": value_of(answers[loser].page, "key"), "version": value_of(answers[loser].page, "version")}
    answer = rewording(town, editors[loser], loser, reference, turn, **again)()
    assert answer.status == 302
    assert town.hand.do("issue", reference=reference)["title"] == title_of(loser, turn)


def rewording(
    town: Town, who: Browser, number: int, reference: str, turn: int, version: object, **more: Any
) -> Callable[[], Answer]:
    words = {"lang": "en", "title": title_of(number, turn), "summary": "As it is.", "version": version}
    return lambda: who.send(town.web(number), f"/issues/{reference}/reword/", **words, **more)


def title_of(number: int, turn: int) -> str:
    return f"Steps, round {turn}, by {number}"


def value_of(page: str, field: str) -> str:
    """What the page would send again in that hidden field."""
    return value_in(page.split(f'name="{field}"', 1)[1], "value")
