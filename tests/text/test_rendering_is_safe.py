"""Nothing a person types runs, loads or hides in a rendered post (T7, T8; B52)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.text.markdown import clean_html, render
from tests.text.reading_html import read
from tests.text.xss_payloads import PAYLOADS

MARKS = ["\n", "\n\n", "> ", "- ", "1. ", "**", "_", "`", "[", "](", ")", "<", ">", '"', "&", "x"]
PIECES = st.lists(st.sampled_from([*PAYLOADS, *MARKS]), max_size=12).map("".join)
SLOW_ELSEWHERE = ["[", "![", "[a](", "*_", "**a", "`a``", "<", "&", "\\", "a@", "http://"]


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("frame", ["{}", "x {} y", "> {}", "- {}", "**{}**", "[{}](https://a.kz)", "# {}"])
def test_a_payload_leaves_only_harmless_markup(payload: str, frame: str) -> None:
    reading = read(render(frame.format(payload)))
    assert reading.faults == []


@given(PIECES | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300))
def test_no_text_leads_to_forbidden_markup(body: str) -> None:
    html = render(body)
    assert read(html).faults == []
    assert "<script" not in html.lower()
    assert clean_html(html) == html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_raw_html_in_the_database_is_cleaned_again(payload: str) -> None:
    reading = read(clean_html(f"<p>{payload}</p><h1 class=x>t</h1><img src=x>"))
    assert reading.faults == []


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - ", "**", "*_", "[", "![", "[x](", "<"])
def test_depth_is_bounded_and_words_survive_it(mark: str) -> None:
    closing = mark[::-1] * 600 if mark in ("**", "*_") else ""
    reading = read(render(mark * 600 + "last words" + closing))
    assert reading.deepest <= 16
    assert "last words" in reading.text


@pytest.mark.parametrize("piece", [*SLOW_ELSEWHERE, "> ", "- ", "- a\n", "a\n", "~~~\n"])
def test_ten_thousand_characters_render_in_reasonable_time(piece: str) -> None:
    assert _seconds_for((piece * 10_000)[:10_000]) < 1


def test_a_long_title_of_an_empty_link_does_not_cost_its_square() -> None:
    assert _seconds_for('[](https://a.kz "' + "x" * 9_900 + '")') < 0.05


def _seconds_for(body: str) -> float:
    started = time.process_time()
    render(body)
    return time.process_time() - started
