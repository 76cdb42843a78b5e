"""What readers see of what was typed."""

import pytest
from django.template import Context, Template

from dialogue.text.markdown import plain_excerpt, render
from tests.text.reading_html import read


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("**Пандус** и _лифт_", "<p><strong>Пандус</strong> и <em>лифт</em></p>"),
        ("бір\nекі", "<p>бір<br>\nекі</p>"),
        ("> цитата", "<blockquote>\n<p>цитата</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("5. пятое\n6. шестое", '<ol start="5">\n<li>пятое</li>\n<li>шестое</li>\n</ol>'),
        ("`x < y`", "<p><code>x &lt; y</code></p>"),
        ("```py\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>"),
        ("{{7*7}} %s ${x}", "<p>{{7*7}} %s ${x}</p>"),
    ],
)
def test_markdown_becomes_html(body: str, html: str) -> None:
    assert render(body) == html


def test_a_heading_is_a_bold_paragraph() -> None:
    assert render("# Title *now*\n\ntext") == "<p><strong>Title <em>now</em></strong></p>\n<p>text</p>"


def test_an_image_is_its_description_and_nothing_is_loaded() -> None:
    assert render("see ![a <ramp>](https://evil.example/a.png)") == "<p>see a &lt;ramp&gt;</p>"


DRAWS_LITTLE = [
    "![](https://evil.example/a.png)",
    "#",
    "[1]: https://law.kz",
    "---",
    "a\n---",
    "<br>",
    "[]()",
    "\\",
]


@pytest.mark.parametrize("body", DRAWS_LITTLE)
def test_nothing_typed_ever_vanishes(body: str) -> None:
    assert read(render(body)).text.strip() != ""
    assert plain_excerpt(body, 80) != ""


@pytest.mark.parametrize(
    ("body", "limit", "excerpt"),
    [
        ("**Пандус**\n\n- [акт](https://law.kz/1)\n- `x`", 80, "Пандус акт (law.kz) x"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("a" * 30, 10, "a" * 9 + "…"),
        ("a\u0315" * 20, 10, "a\u0315" * 4 + "…"),
        ("👩\u200d🌾👩\u200d🌾👩\u200d🌾👩\u200d🌾", 10, "👩\u200d🌾" * 3 + "…"),
        ("```\ncode\n  here\n```", 80, "code here"),
        ("![alt](https://i.kz/1.png) **", 80, "alt **"),
    ],
)
def test_an_excerpt_is_one_plain_line_cut_between_words(body: str, limit: int, excerpt: str) -> None:
    assert plain_excerpt(body, limit) == excerpt
    assert len(excerpt) <= limit


def test_templates_show_prose_rendered_and_everything_else_escaped() -> None:
    page = Template("{% load prose %}{{ body|prose }}|{{ html|rendered }}|{{ body }}")
    shown = page.render(Context({"body": "**a** <b>", "html": "<p onclick=x>a<script>b</script></p>"}))
    assert shown == "<p><strong>a</strong> &lt;b&gt;</p>|<p>a</p>|**a** &lt;b&gt;"
