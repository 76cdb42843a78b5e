"""Pages and forms of a real web process, as a browser without script sends them."""

import http.client
import re
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.servers.server import HOST
from tests.servers.web_server import WebServer

TOKEN = "a" * 32
ANSWERS_WITHIN_SECONDS = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    page: str
    headers: dict[str, str]


class Browser:
    """Signed in by its session. Each request has a connection of its own."""

    def __init__(self, session: str) -> None:
        self.session = session

    def get(self, web: WebServer, path: str) -> Answer:
        return self._asked(web, "GET", path)

    def send(self, web: WebServer, path: str, **fields: Any) -> Answer:
        """With a key of its own, unless one is given; ``key=None`` for forms that have none."""
        typed = {"csrfmiddlewaretoken": TOKEN, "key": str(uuid.uuid4()), **fields}
        known = {name: value for name, value in typed.items() if value is not None}
        return self._asked(web, "POST", path, urlencode(known, doseq=True))

    def _asked(self, web: WebServer, method: str, path: str, body: str | None = None) -> Answer:
        connection = http.client.HTTPConnection(HOST, web.port, timeout=ANSWERS_WITHIN_SECONDS)
        try:
            connection.request(method, path, body, self._headers(web, has_body=body is not None))
            response = connection.getresponse()
            page = response.read().decode()
            headers = {name.lower(): value for name, value in response.getheaders()}
        finally:
            connection.close()
        return Answer(response.status, headers.get("location", ""), page, headers)

    def _headers(self, web: WebServer, *, has_body: bool) -> dict[str, str]:
        cookie = f"sessionid={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookie, "Origin": web.address, "Accept-Language": "en"}
        return headers | ({"Content-Type": "application/x-www-form-urlencoded"} if has_body else {})


def value_in(page: str, name: str) -> str:
    """Of the first element that has this attribute."""
    found = re.search(rf'\b{name}="([^"]*)"', page)
    assert found, f"no {name} on the page"
    return found[1]
