"""From the words a person typed to the HTML that shows them: CommonMark, then an allow-list.

Two walls, each enough alone against script (T7, T8): markdown-it with HTML off writes only
tags of its own, and nh3 keeps only those listed here.

What a post may not do, and what is shown instead:
- headings: a bold paragraph. The outline of a page is the page's, and people who listen to
  a page walk by it; a dropped mark would lose the emphasis.
- images: their description. A remote image would tell its owner who read what, and when.
- links elsewhere: the real host stands behind the words; what cannot be trusted stays text.
- a return is a line break, as everywhere people chat.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from dialogue.text import links, markdown_rules

# Stored beside the HTML: whoever finds an older number renders the source again.
RENDERER_VERSION: Final = 1

_TAGS: Final = frozenset(["p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"])
# A list that starts at 5 speaks of a fifth point: without `start` it would say 1.
_ATTRIBUTES: Final = {"a": frozenset({"href", "title"}), "ol": frozenset({"start"})}
_TAG: Final = re.compile(r"<[^>]*>")
_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes=links.SCHEMES,
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)


def render(body: str) -> str:
    """Safe HTML of a cleaned body. Never empty: a body that draws nothing shows its source."""
    html = clean_html(_parser().render(body)).strip()
    return html if _TAG.sub("", html).strip() else f"<p>{escape(body)}</p>"


def clean_html(html: str) -> str:
    """Only what ``render`` may write is left. Applied twice it changes nothing."""
    return _CLEANER.clean(html)


def plain_excerpt(body: str, max_characters: int) -> str:
    """The beginning of a body on one line, without markup; cut between words, with an ellipsis."""
    text = " ".join(" ".join(_plain_parts(_parser().parse(body))).split())
    text = text or " ".join(body.split())
    if len(text) <= max_characters:
        return text
    return text[: _cut_before(text, max_characters)].rstrip() + "…"


def _cut_before(text: str, limit: int) -> int:
    """Where to cut so that an ellipsis still fits: after a word, else between whole characters."""
    after_word = text.rfind(" ", 0, limit)
    if after_word > limit // 2:
        return after_word
    cut = limit - 1
    while cut > 0 and _continues(text, cut):
        cut -= 1
    return cut


def _continues(text: str, index: int) -> bool:
    return unicodedata.category(text[index])[0] == "M" or "\u200d" in text[index - 1 : index + 1]


def _plain_parts(tokens: Sequence[Token]) -> Iterator[str]:
    for block in tokens:
        if block.type == "inline":
            yield "".join(map(_plain, block.children or ()))
        elif block.type in ("fence", "code_block"):
            yield block.content


def _plain(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


@cache
def _parser() -> MarkdownIt:
    """One for the process: parsing keeps its state outside the parser."""
    options = {"html": False, "linkify": True, "breaks": True}
    parser = _HouseParser("commonmark", options, renderer_cls=_HouseRenderer)
    parser.enable("linkify")
    # What these swallow or restyle would surprise in a chat: a footnote's address, a rule of
    # dashes under a line. Left as typed.
    parser.disable(["reference", "lheading", "hr"])
    if parser.linkify is not None:
        # Only a written scheme makes a web address: "слово.Is" is the end of a sentence.
        parser.linkify.set({"fuzzy_link": False}).add("//", None).add("ftp:", None)
    markdown_rules.install(parser)
    return parser


class _HouseParser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 — the library's name
        return links.may_be_linked(url)


class _HouseRenderer(RendererHTML):
    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<p><strong>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</strong></p>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escape(tokens[idx].content)
