"""The house's own rules for the markdown parser: bounded depth, honest links."""

from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from dialogue.text import links

MAX_NESTED_BLOCKS: Final = 8
MAX_NESTED_EMPHASIS: Final = 4

_EMPHASIS: Final = frozenset({"em_open", "strong_open", "em_close", "strong_close"})


def install(parser: MarkdownIt) -> None:
    """Quotes and lists in quotes and lists, emphasis in emphasis: only so deep. Links: honest."""
    others = ["paragraph", "reference", "list"]
    parser.block.ruler.at("blockquote", _bounded(blockquote), {"alt": [*others, "blockquote"]})
    parser.block.ruler.at("list", _bounded(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.push("inline_rules_of_the_house", _rework_inline)


def _bounded(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """Below the bound the marks stay text; the parser's own bound would drop what follows."""

    def rule_within_bounds(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < MAX_NESTED_BLOCKS and rule(state, start, end, silent)

    return rule_within_bounds


def _rework_inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            _flatten_deep_emphasis(token.children)
            token.children = list(_with_places_after_links(token.children))


def _flatten_deep_emphasis(tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        if token.type in _EMPHASIS:
            deepest = depth if token.nesting == 1 else depth - 1
            token.hidden = deepest >= MAX_NESTED_EMPHASIS
            depth += token.nesting


def _with_places_after_links(tokens: list[Token]) -> Iterator[Token]:
    """Behind every link whose words are not its address, the real place in parentheses."""
    address, words = "", ""
    for token in tokens:
        if token.type == "link_open":
            address, words = str(token.attrGet("href")), ""
        elif token.type == "link_close" and not words.strip():
            yield _text(links.place_of(address))
        words += token.content
        yield token
        if token.type == "link_close" and not links.says_where_it_leads(words or address, address):
            yield _text(f" ({links.place_of(address)})")


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
