"""The mail before it is text or HTML: sections of items, in the reader's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A sentence; ``title`` follows it where it names a thing, in the thing's own language."""

    text: str
    title: str = ""
    lang: str = ""
    url: str = ""


@dataclass(frozen=True)
class Item:
    """``name`` leads to ``url``; ``lines`` stand below it; ``action`` is the link of what is asked."""

    name: str
    url: str
    lang: str = ""
    beside: str = ""
    lines: tuple[Line, ...] = ()
    action: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]
    is_asked: bool = False
