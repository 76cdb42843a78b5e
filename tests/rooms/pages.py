"""Reading and sending the pages of rooms as a browser without script would."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialogue.accounts.models import User
from dialogue.rooms.models import Post, Room, Thread

FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def thread_address(thread: Thread) -> str:
    return reverse("rooms:thread", args=[thread.room.slug, thread.public_id])


def room_address(room: Room) -> str:
    return reverse("rooms:room", args=[room.slug])


def form_in(page: str, action: str = "") -> dict[str, str]:
    """The hidden fields of the form that posts to ``action``; of the page's own form without one."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page.split("<main", 1)[-1], re.DOTALL)
    for form in forms:
        head = form.split(">", 1)[0]
        if f'action="{action}"' in head if action else "action=" not in head:
            return _hidden(form)
    raise AssertionError(f"no form for {action or 'the page itself'}")


def _hidden(form: str) -> dict[str, str]:
    fields = (dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(form))
    return {each["name"]: html.unescape(each.get("value", "")) for each in fields}


def sent(client: Client, address: str, typed: dict[str, Any], *, via: str | None = None) -> HttpResponse:
    """Load the page of a form, fill it and send it: hidden fields come from the page."""
    page = client.get(via or address)
    hidden = form_in(page.text, address if via else "")
    response: Any = client.post(address, {**hidden, **typed})
    return response  # type: ignore[no-any-return]


def bodies(thread: Thread) -> list[str]:
    rows = Post.objects.filter(thread=thread).order_by("pk").values_list("current__body", flat=True)
    return [str(body) for body in rows]
