"""Who may do what at which address. Whoever a row does not name finds nothing there: 404.

A row names the address, the thing it is asked about (see ``world``), who gets the page and who may send
the form. ``sees`` are those who may know that it is there and are refused by name: 403, or 409. ``None``
is a method that the address does not have: 405 for everybody. ``send`` is what the form says; ``$…`` is
looked up in the thing.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final

# Who is new in tests/cast.py belongs into one of these, or into STRANGERS.
OFFICE: Final = frozenset({"moderator", "officer", "approver", "safety"})
NGOS: Final = frozenset({"member", "lead", "second_member", "outsider"})
STRANGERS: Final = frozenset({"authority", "data_officer", "nobody"})
READERS: Final = NGOS | OFFICE | {"observer"}
WRITERS: Final = NGOS | OFFICE
INVITED: Final = OFFICE | {"member", "second_member"}
SAFE: Final = frozenset({"lead", "moderator", "safety"})  # author, holder, safety officer of the held thread
MARKED: Final = OFFICE | {"second_member"}  # the author of the thread for the office
SIGNED_IN: Final = READERS | STRANGERS
EVERYBODY: Final = SIGNED_IN | {"visitor"}
NOBODY: Final[frozenset[str]] = frozenset()

People = Set[str] | None


@dataclass(frozen=True)
class Row:
    route: str
    about: str = "nothing"
    verb: str = ""
    get: People = None
    post: People = None
    sees: Set[str] = NOBODY
    send: Mapping[str, str] = field(default_factory=dict)
    signed_out: int = 302  # to the sign-in page

    def __str__(self) -> str:
        return " ".join(filter(None, (self.route, self.verb, self.about)))


TEXT: Final = {"body": "Words.", "byline": "organisation", "lang": "en"}
RAISED: Final = {
    **{"title": "Words", "region": "country", "kind": "discussion", "urgency": "normal"},
    **TEXT,
    "marking": "room",
}
EDITED: Final = {"body": "Other words.", "version": "1"}
SIGN: Final = {"reaction": "seen:on"}
PLACE: Final = {"position": "1"}


def _threads() -> list[Row]:
    """The same three questions about every kind of thread."""
    who: dict[str, tuple[Set[str], Set[str]]] = {
        "open thread": (READERS, WRITERS),
        "invited thread": (INVITED, INVITED),
        "held thread": (SAFE, SAFE),
        "office thread": (MARKED, MARKED),
    }
    rows = []
    for about, (readers, writers) in who.items():
        rows += [
            Row("rooms:thread", about, get=readers),
            Row("rooms:post", about, post=writers, sees=readers, send=TEXT),
            Row("rooms:read", about, post=readers, send=PLACE),
        ]
    return rows


def _posts() -> list[Row]:
    """Own and other people's posts, by where they stand."""
    who: dict[str, tuple[Set[str], Set[str], str]] = {
        "open post": (READERS, WRITERS, "second_member"),
        "invited post": (INVITED, INVITED, "second_member"),
        "held post": (SAFE, SAFE, "lead"),
        "office post": (MARKED, MARKED, "second_member"),
        "office note": (OFFICE, OFFICE, "officer"),
        "shielded post": (READERS, WRITERS, "outsider"),
    }
    rows = []
    for about, (readers, writers, author) in who.items():
        rows += [
            Row("rooms:edit", about, get=readers, post={author}, send=EDITED),
            Row("rooms:withdraw", about, get=readers, post={author}),
            Row("rooms:react", about, post=writers, sees=readers, send=SIGN),
            Row("rooms:revisions", about, get=readers),
        ]
    return rows


MODERATOR: Final = frozenset({"moderator"})
AUTHOR: Final = frozenset({"member"})
NOTE: Final = {"note": "Words."}


def _moves() -> list[Row]:
    def move(verb: str, may: Set[str], about: str = "open thread", **send: str) -> Row:
        readers = SAFE if about == "held thread" else READERS
        return Row("rooms:triage", about, verb, get=may, post=may, sees=readers, send=send)

    return [
        move("acknowledge", MODERATOR),
        move("take", MODERATOR),
        move("ask", MODERATOR, body="Words."),
        move("answer", MODERATOR, body="Words."),
        move("signpost", MODERATOR, body="Words."),
        move("close", MODERATOR, outcome="resolved", note="Words."),
        move("hold", MODERATOR | {"safety"}, reason="Words."),
        move("withdraw", AUTHOR, note="Words."),
        move("reopen", MODERATOR | AUTHOR, "closed thread", note="Words."),
        move("release", MODERATOR | {"safety"}, "held thread"),
        Row("rooms:triage", "invited thread", "take", get=MODERATOR, post=MODERATOR, sees=INVITED),
        Row("rooms:triage", "office thread", "take", get=MODERATOR, post=MODERATOR, sees=MARKED),
        Row("rooms:triage", "open thread", "no-such-verb", get=NOBODY, post=NOBODY),
    ]


def _streams() -> list[Row]:
    who = {
        "room": READERS,
        "office": OFFICE,
        "safety": {"safety"},
        "invited": INVITED,
        "invited office": OFFICE,
        "issue": READERS,
        "issue office": OFFICE,
        "invited issue": INVITED,
        "office issue": MARKED,
        "me": {"member"},
        "unknown": NOBODY,
    }
    return [
        Row("realtime:entries", f"stream {name}", get=people, signed_out=401) for name, people in who.items()
    ]


ROOMS: Final = [
    Row("rooms:list", get=SIGNED_IN),
    Row("rooms:room", "open room", get=READERS),
    Row("rooms:room", "invited room", get=INVITED),
    Row("rooms:raise", "open room", get=WRITERS, post=WRITERS, sees=READERS, send=RAISED),
    Row("rooms:raise", "invited room", get=INVITED, post=INVITED, send=RAISED),
    *_threads(),
    *_posts(),
    Row("rooms:edit", "withdrawn post", get=READERS, post=NOBODY, send=EDITED),
    Row("rooms:withdraw", "withdrawn post", get=READERS, post=NOBODY),
    Row("rooms:react", "withdrawn post", post=NOBODY, sees=READERS, send=SIGN),
    Row("rooms:revisions", "withdrawn post", get=NOBODY),
    *_moves(),
]
ELSEWHERE: Final = [
    Row("front_door", get=EVERYBODY),
    Row("healthz", get=EVERYBODY),
    Row("readyz", get=EVERYBODY),
    Row("robots", get=EVERYBODY),
    Row("accounts:language", post=EVERYBODY, send={"language": "ru"}),
    Row("organisations:invitation", "invitation", get={"visitor"}, post={"visitor"}, sees=SIGNED_IN),
    Row(
        "organisations:invite",
        "own organisation",
        get=OFFICE | {"lead"},
        post=OFFICE | {"lead"},
        send={"email": "new@post.example", "role": "member"},
    ),
    Row("organisations:invite", "office organisation", get=NOBODY, post=NOBODY),
    Row("digests:settings", get=SIGNED_IN, post=SIGNED_IN, send={"frequency": "none"}),
    Row("digests:unsubscribe", "digest link", get=EVERYBODY, post=EVERYBODY),
    Row("digests:unsubscribe", get=NOBODY, post=NOBODY, signed_out=404),
    Row("digests:resubscribe", "digest link", post=EVERYBODY),
    Row("digests:resubscribe", post=NOBODY, signed_out=404),
    *_streams(),
    Row("demo:enter", post=NOBODY, signed_out=404),
    Row("demo:mail", get=SIGNED_IN),
    Row("demo:mail_as_html", "mail", get=NOBODY),
    Row("demo:send_digest", post=SIGNED_IN),
]
