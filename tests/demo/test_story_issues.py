"""The issues of the story: every step in order, every text in three languages."""

import re
import tomllib

import pytest

from tests.demo import story
from tests.demo.story import ISSUES, ORGANISATIONS, PEOPLE, THREADS, Table, posts, tables, told

RECOMMENDATIONS = [one for issue in ISSUES.values() for one in issue["recommendations"]]
every_issue = pytest.mark.parametrize("issue", ISSUES.values(), ids=ISSUES)
every_recommendation = pytest.mark.parametrize("one", RECOMMENDATIONS, ids=lambda one: one["key"])


def escalation_of(key: str) -> int:
    """How many posts the thread had when it was escalated."""
    thread = THREADS[key]
    done = [entry["do"] for _, entry in told(thread)]
    return done[: done.index("escalate")].count("post")


def test_six_issues_keep_the_numbers_of_the_seed() -> None:
    assert [issue["sequence"] for issue in ISSUES.values()] == [3, 7, 11, 12, 15, 18]
    assert len({one["key"] for one in RECOMMENDATIONS}) == len(RECOMMENDATIONS)


def test_numbers_follow_the_order_of_escalation() -> None:
    moments = [
        next(moment for moment, entry in told(THREADS[issue["threads"][0]]) if entry["do"] == "escalate")
        for issue in ISSUES.values()
    ]
    assert moments == sorted(moments)


@every_issue
def test_threads_and_issues_point_at_each_other(issue: Table) -> None:
    for key in issue["threads"]:
        escalations = [entry for _, entry in told(THREADS[key]) if entry["do"] == "escalate"]
        assert [entry["issue"] for entry in escalations] == [issue["key"]]
    assert issue["theme"] in story.THEMES
    assert issue["priority"] in story.URGENCIES
    assert PEOPLE[issue["assignee"]]["role"] == "officer"


@every_issue
def test_exhibits_are_plain_posts_written_before_the_escalation(issue: Table) -> None:
    chosen = [post for key in issue["threads"] for post in posts(THREADS[key])[: escalation_of(key)]]
    plain = {post["key"] for post in chosen if not post.get("office_note") and "withdrawn" not in post}
    assert issue["exhibits"]
    assert set(issue["exhibits"]) <= plain
    assert len(set(issue["exhibits"])) == len(issue["exhibits"])


@every_issue
def test_an_issue_moves_forward_step_by_step(issue: Table) -> None:
    path = ["registered", *(move["state"] for move in issue["moves"])]
    forward = list(dict.fromkeys(path))
    assert forward == story.ISSUE_PATH[: len(forward)]
    # Only another letter brings an issue back: to the authority it is addressed to.
    assert path[len(forward) :] in ([], ["with_authority"])
    assert path[-1] == issue["state"]
    days = [move["on"] for move in issue["moves"]]
    assert days == sorted(days)
    assert days[-1] < story.TODAY.date()
    assert issue["moves"][1]["on"] == issue["recommendations"][0]["issued_on"]
    assert ("outcome" in issue) == ("closing" in issue) == (issue["state"] == "closed")
    assert "next_step" in issue or issue["state"] == "closed"


@every_issue
def test_public_notes_are_the_offices(issue: Table) -> None:
    for note in issue["notes"]:
        assert note["by"] in story.OFFICE
        assert note["on"] < story.TODAY.date()


@every_recommendation
def test_a_recommendation_is_dated_in_order_and_signed_by_another_hand(one: Table) -> None:
    assert ORGANISATIONS[one["addressee"]]["kind"] == "authority"
    assert PEOPLE[one["drafted_by"]]["role"] == "officer"
    dates = [one[name] for name in ("drafted_on", "issued_on", "received_on") if name in one]
    dates += [reply["on"] for reply in one.get("responses", [])[:1]] + one.get("reminders", [])
    assert dates == sorted(dates)
    if one["state"] == "drafted":
        assert len(dates) == 1
    else:
        assert PEOPLE[one["issued_by"]]["role"] == "approver"
        assert "receipt" in one


@every_recommendation
def test_answers_and_assessments_fit_the_state(one: Table) -> None:
    replies, assessments = one.get("responses", []), one.get("assessments", [])
    assert bool(replies) == (one["state"] in {"responded", "assessed", "closed"})
    assert bool(assessments) == (one["state"] in {"no_reply", "assessed", "closed"})
    for reply in replies:
        assert reply["lang"] in {"kk", "ru"}
        assert reply["position"] in story.POSITIONS
        assert bool(story.KAZAKH.search(reply["text"])) == (reply["lang"] == "kk")
    for verdict in assessments:
        assert verdict["position"] in story.POSITIONS
        assert verdict["grade"] in set("ABCDE")
        assert verdict["implementation"] in story.IMPLEMENTATIONS
        assert PEOPLE[verdict["by"]]["role"] == "officer"


@every_recommendation
def test_a_workspace_is_used_by_the_addressee_and_a_letter_has_a_number(one: Table) -> None:
    for thing in [*(one[name] for name in ("receipt",) if name in one), *one.get("responses", [])]:
        assert thing["channel"] in {"letter", "workspace"}
        if thing["channel"] == "letter":
            assert thing["number"].startswith("демо-")
        else:
            assert PEOPLE[thing["by"]]["organisation"] == one["addressee"]


@pytest.mark.parametrize("name", ["people.toml", "rooms.toml", "issues.toml"])
def test_what_is_said_in_one_language_is_said_in_three(name: str) -> None:
    spoken = [table for table in tables(story.read(name)) if story.LANGUAGES & set(table)]
    assert spoken
    for table in spoken:
        assert set(table) >= story.LANGUAGES
        assert all(table[language] for language in story.LANGUAGES)
        assert story.KAZAKH.search(str(table["kk"])), table
        assert not story.CYRILLIC.search(str(table["en"])), table


@pytest.mark.parametrize("name", ["rooms.toml", "issues.toml"])
def test_russian_texts_hold_no_kazakh(name: str) -> None:
    for table in tables(story.read(name)):
        assert not story.KAZAKH.search(str(table.get("ru"))), table


@pytest.mark.parametrize("name", [name for name in story.every_file() if name.endswith(".toml")])
def test_nothing_real_and_nothing_unkind_is_written(name: str) -> None:
    text = story.every_file()[name]
    for pattern, reason in story.NEVER_WRITTEN.items():
        found = re.search(pattern, text, re.IGNORECASE)
        assert not found, f"{found and found[0]}: {reason}"
    assert not [place for place in story.REAL_PLACES if place in text]


@pytest.mark.parametrize("name", [name for name in story.every_file() if name.endswith(".toml")])
def test_prose_names_no_year_since_the_loader_moves_dates(name: str) -> None:
    sentences = re.findall(r'"([^"]*)"', story.every_file()[name])
    assert not [text for text in sentences if re.search(r"\b20\d\d\b", text)]


def test_the_readme_names_every_field_in_use() -> None:
    files = story.every_file()
    fields = {
        field
        for name in files
        if name.endswith(".toml")
        for table in tables(tomllib.loads(files[name]))
        for field in table
    }
    described = set(re.findall(r"`([a-z_]+)`", files["README.md"]))
    assert fields - described == set()
