"""Reads rendered HTML the way a browser would, for assertions about what it can do."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

PLAIN = ("p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "li")
ALLOWED = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    **{tag: set[str]() for tag in PLAIN},
}


@dataclass
class Reading:
    tags: list[str] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: str = ""
    depth: int = 0
    deepest: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        reading, attributes = self.reading, {name: value or "" for name, value in attrs}
        reading.tags.append(tag)
        reading.faults += [f"<{tag}>"] if tag not in ALLOWED else []
        reading.faults += [f"<{tag} {name}>" for name in attributes if name not in ALLOWED.get(tag, ())]
        if tag == "a":
            reading.links.append(attributes)
            reading.faults += _faults_of_a_link(attributes)
        if tag != "br":
            reading.depth += 1
            reading.deepest = max(reading.deepest, reading.depth)

    def handle_endtag(self, tag: str) -> None:
        self.reading.depth -= 1

    def handle_data(self, data: str) -> None:
        self.reading.text += data

    def handle_comment(self, data: str) -> None:
        self.reading.faults.append("<!-- -->")

    def handle_decl(self, decl: str) -> None:
        self.reading.faults.append("<!>")

    def handle_pi(self, data: str) -> None:
        self.reading.faults.append("<?>")


def read(html: str) -> Reading:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.reading


def _faults_of_a_link(attributes: dict[str, str]) -> list[str]:
    address = urlsplit(attributes.get("href", ""))
    faults = []
    if attributes.get("rel") != "noopener noreferrer nofollow":
        faults.append("rel")
    if address.scheme not in ("http", "https", "mailto", "tel"):
        faults.append(f"scheme {address.scheme}")
    if "@" in address.netloc or (address.scheme in ("http", "https") and not address.hostname):
        faults.append("host")
    return faults
