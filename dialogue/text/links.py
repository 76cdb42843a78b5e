"""Which addresses may become a link, and what the reader is told about where one leads (T11)."""

import re
from typing import Final

_HOST: Final = r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])"
# The authority is spelt out: no userinfo, no backslash, no percent sign. Where a library and
# a browser could read an address differently, it is no link.
_WEB: Final = re.compile(rf"https?://(?P<place>{_HOST}(?::\d{{1,5}})?)(?:[/?#].*)?", re.ASCII | re.I)
_MAIL: Final = re.compile(rf"mailto:(?P<place>[a-z0-9.!#$&'*+/=?^_`{{|}}~-]+@{_HOST})", re.ASCII | re.I)
_TELEPHONE: Final = re.compile(r"tel:(?P<place>\+?[0-9][0-9().-]{1,24})", re.ASCII | re.I)

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})


def may_be_linked(address: str) -> bool:
    """For an address in its encoded form; everything else stays text."""
    return _match(address) is not None


def place_of(address: str) -> str:
    """What decides where a link leads: the host, the mailbox, the number; empty if unknown."""
    match = _match(address)
    return match["place"].lower() if match else ""


def says_where_it_leads(text: str, address: str) -> bool:
    """Whether the words of the link are its address, give or take scheme and final slash.

    Compared with the encoded form: a host in other letters than Latin never says it.
    """
    return _bare(text) == _bare(address)


def _match(address: str) -> re.Match[str] | None:
    return _WEB.fullmatch(address) or _MAIL.fullmatch(address) or _TELEPHONE.fullmatch(address)


def _bare(address: str) -> str:
    return re.sub(r"^(https?://|mailto:|tel:)", "", address.strip().casefold()).rstrip("/")
