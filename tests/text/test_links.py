"""Where a link leads is what the reader is told, or it is no link (T11, B45)."""

import pytest

from dialogue.text.markdown import render
from tests.text.reading_html import read

REFUSED = [
    "[x](//evil.example)",
    "[x](///evil.example)",
    "[x](/rooms/1)",
    "[x](#top)",
    "[x](page)",
    "[x](https:evil.example)",
    "[x](https:/evil.example)",
    "[x](https:///evil.example)",
    r"[x](https:\\evil.example)",
    "[x](https://good.kz@evil.example)",
    "[x](https://good.kz:443@evil.example/)",
    "[x](https://)",
    "[x](https://?a)",
    "[x](ftp://evil.example/)",
    "[x](mailto:nobody)",
    "[x](tel:javascript)",
    "https://good.kz@evil.example/",
    "//evil.example/",
    "<https://good.kz@evil.example>",
]


# Refused as a whole, but the beginning is an address on its own, which leads where it says.
HONEST_IN_PART = [
    r"[x](https://good.kz\@evil.example)",
    "[x](https://good.kz%40evil.example)",
    "[x](https://good.kz%2fevil.example)",
    "[x](https://good.kz:port/)",
    "[x](mailto:a@b.kz?bcc=evil@evil.example)",
    "[x](mailto:a@b.kz,c@d.kz)",
    r"https://good.kz\@evil.example/",
    "https://good.kz%40evil.example/",
]


@pytest.mark.parametrize("body", REFUSED)
def test_an_address_that_could_mislead_stays_text(body: str) -> None:
    reading = read(render(body))
    assert reading.links == []
    assert "evil" not in body or "evil" in reading.text


@pytest.mark.parametrize("body", HONEST_IN_PART)
def test_what_is_left_of_a_misleading_address_leads_where_it_says(body: str) -> None:
    reading = read(render(body))
    assert {link["href"] for link in reading.links} <= {"https://good.kz", "mailto:a@b.kz"}
    assert body.replace("\\", "") == reading.text.strip()


@pytest.mark.parametrize(
    ("body", "href", "text"),
    [
        ("https://good.kz/a?b=1&c", "https://good.kz/a?b=1&c", "https://good.kz/a?b=1&c"),
        ("<https://good.kz>", "https://good.kz", "https://good.kz"),
        ("[https://good.kz/](https://good.kz)", "https://good.kz", "https://good.kz/"),
        ("[good.kz](https://good.kz)", "https://good.kz", "good.kz"),
        ("[the law](https://Good.KZ/a)", "https://good.kz/a", "the law (good.kz)"),
        ("[https://good.kz](https://evil.example)", "https://evil.example", "https://good.kz (evil.example)"),
        (
            "[good.kz](https://good.kz.evil.example)",
            "https://good.kz.evil.example",
            "good.kz (good.kz.evil.example)",
        ),
        ("[a](https://k.kz:8443/x)", "https://k.kz:8443/x", "a (k.kz:8443)"),
        ("[a](http://[::1]:80/)", "http://[::1]:80/", "a ([::1]:80)"),
        ("[](https://good.kz/x)", "https://good.kz/x", "good.kz"),
        ("[**bold**](https://good.kz)", "https://good.kz", "bold (good.kz)"),
        ("[`code`](https://good.kz)", "https://good.kz", "code (good.kz)"),
        ("[![picture](https://i.kz)](https://good.kz)", "https://good.kz", "picture (good.kz)"),
        ("a@b.kz", "mailto:a@b.kz", "a@b.kz"),
        ("[write](mailto:a@b.kz)", "mailto:a@b.kz", "write (a@b.kz)"),
        ("[112](tel:112)", "tel:112", "112"),
        ("[call](tel:+7-701-222)", "tel:+7-701-222", "call (+7-701-222)"),
        (
            "https://xn--80ak6aa92e.com",
            "https://xn--80ak6aa92e.com",
            "https://аррӏе.com (xn--80ak6aa92e.com)",
        ),
        ("[apple](https://аррӏе.com)", "https://xn--80ak6aa92e.com", "apple (xn--80ak6aa92e.com)"),
    ],
)
def test_a_link_shows_the_real_host_unless_its_words_are_the_address(body: str, href: str, text: str) -> None:
    reading = read(render(body))
    assert [link["href"].lower() for link in reading.links] == [href]
    assert reading.text.strip() == text


@pytest.mark.parametrize("body", ["слово.Is", "www.good.kz", "файл.md", "127.0.0.1"])
def test_only_a_written_scheme_or_a_mailbox_becomes_a_link_by_itself(body: str) -> None:
    assert read(render(body)).links == []


def test_every_link_of_a_sentence_gets_its_own_host() -> None:
    body = "see [one](https://a.kz/1) and [two](https://b.kz/2), or https://c.kz/3."
    assert read(render(body)).text.strip() == "see one (a.kz) and two (b.kz), or https://c.kz/3."
