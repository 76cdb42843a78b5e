"""What there is to be found: one of each kind, with a word planted wherever somebody may not read."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from dialogue.accounts.models import User
from dialogue.digests.actions.subscriptions import ensure_subscription
from dialogue.digests.tokens import token_of
from dialogue.issues.actions.notes import note
from dialogue.issues.actions.replies import assess
from dialogue.issues.models import Issue, Recommendation
from dialogue.organisations.actions.invitations import invite
from dialogue.organisations.models import Role
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.posts import withdraw
from dialogue.rooms.actions.triage import close
from dialogue.rooms.models import Post, Room, Thread
from tests.cast import NAMES, Cast, a_post, a_thread, build_cast, crowd
from tests.issues.carried import a_draft, an_answered, an_issue, an_issued, today
from tests.rooms.pages import as_

ONLY_INVITED_NAME: Final = "invited@post.example"


@dataclass(frozen=True)
class World:
    """``things``: name → what an address of it is made of. ``clients``: everybody's browser."""

    cast: Cast
    clients: dict[str, Client]
    things: dict[str, dict[str, str]] = field(default_factory=dict)

    def keep_thread(self, name: str, thread: Thread) -> Thread:
        self.things[name] = {"slug": thread.room.slug, "thread_id": thread.public_id}
        return thread

    def keep_post(self, name: str, post: Post) -> Post:
        self.things[name] = {"post_id": post.public_id}
        return post

    def keep_issue(self, name: str, issue: Issue) -> Issue:
        self.things[name] = {"reference": issue.reference}
        return issue

    def keep_recommendation(self, name: str, made: Recommendation) -> Recommendation:
        facts = {"recommendation_id": made.public_id, "version": str(made.version)}
        self.things[name] = {**facts, "today": today().isoformat()}
        return made


def planted(name: str) -> str:
    """A word that stands nowhere else, and is no part of another one."""
    return f"zq{name.replace(' ', '-')}-qz"


def key() -> uuid.UUID:
    return uuid.uuid4()


def build() -> World:
    cast = build_cast()
    crowd(cast.disability, 5)
    for name in NAMES:
        _rename(name, cast.named(name))
    people = {name: cast.named(name) for name in NAMES}
    clients = {name: as_(who) if isinstance(who, User) else Client() for name, who in people.items()}
    world = World(cast, clients, {"nothing": {}})
    _fill_open_room(world)
    _fill_closed_places(world)
    _fill_issues(world)
    _fill_elsewhere(world)
    return world


def address_of(name: str) -> str:
    return f"{planted(f'mail of {name}')}@post.example"


def _rename(name: str, person: User | AnonymousUser) -> None:
    if not isinstance(person, User):
        return
    person.name, person.email = planted(f"name of {name}"), address_of(name)
    person.save(update_fields=["name", "email"])
    EmailAddress.objects.filter(user=person).update(email=person.email)


def _fill_open_room(world: World) -> None:
    cast, room = world.cast, world.cast.disability
    world.things["open room"] = {"slug": room.slug}
    thread = world.keep_thread("open thread", _thread(room, cast.member, "open"))
    world.keep_post("open post", a_post(thread, cast.second_member, planted("open post")))
    world.keep_post("office note", a_post(thread, cast.officer, planted("office note"), office_only=True))
    shielded = a_post(thread, cast.outsider, planted("shielded post"), byline="shielded")
    world.keep_post("shielded post", shielded)
    gone = world.keep_post("withdrawn post", a_post(thread, cast.lead, planted("withdrawn post")))
    withdraw(gone, by=cast.lead, key=key())
    closed = world.keep_thread("closed thread", _thread(room, cast.member, "closed"))
    close(closed, by=cast.moderator, key=key(), outcome="resolved", note="Built.")


def _fill_closed_places(world: World) -> None:
    cast = world.cast
    name = dict.fromkeys(("name_kk", "name_ru", "name_en"), planted("invited room"))
    Room.objects.filter(pk=cast.torture.pk).update(**name)
    world.things["invited room"] = {"slug": cast.torture.slug}
    invited = world.keep_thread("invited thread", _thread(cast.torture, cast.member, "invited"))
    world.keep_post("invited post", a_post(invited, cast.second_member, planted("invited post")))
    held = world.keep_thread("held thread", _thread(cast.disability, cast.lead, "held"))
    world.keep_post("held post", a_post(held, cast.lead, planted("held post")))
    hold(held, by=cast.moderator, key=key(), reason=planted("hold reason"))
    office = _thread(cast.disability, cast.second_member, "office", marking="office")
    world.keep_thread("office thread", office)
    world.keep_post("office post", a_post(office, cast.second_member, planted("office post")))


def _fill_issues(world: World) -> None:
    cast = world.cast
    _carried(world, "new issue", _thread(cast.disability, cast.member, "new carried"))
    issue = _carried(world, "issue", _thread(cast.disability, cast.member, "carried"))
    note(issue, by=cast.officer, key=key(), texts={"en": planted("issue note")})
    words = {code: planted("draft") for code in ("kk", "ru", "en")}
    world.keep_recommendation("draft", a_draft(cast, issue, texts=words))
    issued = dict.fromkeys(("kk", "ru", "en"), planted("issued"))
    world.keep_recommendation("issued", an_issued(cast, issue, texts=issued))
    judged = world.keep_recommendation("judged", an_answered(cast, issue))
    said: dict[str, Any] = {"position": "accepted", "implementation": "none", "grade": "E"}
    assess(judged, by=cast.officer, key=key(), reasons={"ru": "Не сделано."}, **said)
    invited = _carried(world, "invited issue", _thread(cast.torture, cast.member, "invited carried"))
    world.keep_recommendation("invited issued", an_issued(cast, invited))
    marked = _thread(cast.disability, cast.second_member, "office carried", marking="office")
    _carried(world, "office issue", marked)
    held = _thread(cast.disability, cast.member, "held carried")
    _carried(world, "held issue", held)
    held.refresh_from_db()
    hold(held, by=cast.moderator, key=key(), reason="In danger.")
    for row in Issue.objects.all():
        thing = next(each for each in world.things.values() if each.get("reference") == row.reference)
        thing |= {"version": str(row.version), "officer": cast.officer.public_id}


def _fill_elsewhere(world: World) -> None:
    cast = world.cast
    home = cast.organisations["quiet-coast"]
    _invitation, token = invite(home, by=cast.lead, email=ONLY_INVITED_NAME, role=Role.MEMBER)
    world.things["invitation"] = {"token": token}
    world.things["own organisation"] = {"slug": home.slug}
    world.things["office organisation"] = {"slug": "office"}
    world.things["digest link"] = {"?token": token_of(ensure_subscription(cast.member))}
    reference = world.things["issue"]["reference"]
    world.things["mail"] = {"name": "somebody-elses"}
    streams = {
        **{"room": "room:disability", "office": "room:disability:office", "safety": "room:disability:safety"},
        **{"invited": "room:torture", "invited office": "room:torture:office"},
        **{"issue": f"issue:{reference}", "issue office": f"issue:{reference}:office"},
        **{
            f"{name} issue": f"issue:{world.things[f'{name} issue']['reference']}"
            for name in ("invited", "office")
        },
        **{"me": cast.member.stream_name, "unknown": "room:nowhere"},
    }
    world.things.update({f"stream {name}": {"name": stream} for name, stream in streams.items()})


def _thread(room: Room, by: User, name: str, **fields: Any) -> Thread:
    return a_thread(room, by, title=planted(f"{name} title"), body=planted(f"{name} body"), **fields)


def _carried(world: World, name: str, thread: Thread) -> Issue:
    first = Post.objects.get(thread=thread)
    words = {"title": planted(f"{name} title"), "summary": planted(f"{name} summary")}
    return world.keep_issue(name, an_issue(world.cast, thread, exhibits=[first.public_id], **words))
