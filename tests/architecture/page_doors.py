"""Templates and scripts: nothing inline, and one module each through which HTML enters a page."""

import re
from collections.abc import Iterator

from tests.architecture.sources import Source

TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
IN_TEMPLATES = (
    (re.compile(r"\|\s*safe(seq)?\b"), "|safe trusts what people typed; use the filter of dialogue/text"),
    (re.compile(r"\{%-?\s*autoescape\s+off"), "autoescape off trusts what people typed"),
    (re.compile(r"<script(?![^>]*\bsrc\s*=)", re.IGNORECASE), "an inline script; our CSP blocks it"),
    (re.compile(r"<style\b", re.IGNORECASE), "an inline style sheet; our CSP blocks it"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "an inline style; our CSP blocks it, use a class"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE), "an inline handler; our CSP blocks it"),
    (re.compile(r"javascript:", re.IGNORECASE), "a javascript: address; our CSP blocks it"),
)
HTML_DOOR = "frontend/src/dom/html.ts"
IN_SCRIPTS = re.compile(
    r"\.(inner|outer)HTML\s*=(?!=)|\binsertAdjacentHTML\b|\bcreateContextualFragment\b|"
    r"\bdocument\.write|\bsetHTMLUnsafe\b|\bparseFromString\b|\bsrcdoc\b|\beval\(|\bnew Function\("
)
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def template_faults(source: Source) -> Iterator[str]:
    """Mail templates are apart: mail programs know inline styles only, and no CSP."""
    if "/mail/" in source.path or ".mjml" in source.name:
        return
    text = _blanked(TEMPLATE_COMMENT, source.text)
    for pattern, sentence in IN_TEMPLATES:
        for found in pattern.finditer(text):
            yield source.fault(_line(text, found.start()), sentence)


def script_faults(source: Source) -> Iterator[str]:
    """Tests may build pages as they like."""
    if source.path == HTML_DOOR or source.name.endswith(".test.ts"):
        return
    text = _blanked(SCRIPT_COMMENT, source.text)
    for found in IN_SCRIPTS.finditer(text):
        yield source.fault(
            _line(text, found.start()), f"“{found[0]}” lets HTML or code in; only {HTML_DOOR} does that"
        )


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Comments replaced by as many lines of nothing."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
