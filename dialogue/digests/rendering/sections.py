"""From news to sections: what is asked of the reader comes first, rooms come last."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.digests.rendering import dates, phrases
from dialogue.digests.rendering.parts import Item, Line, Section
from dialogue.digests.selection.news import AskedOf, Change, Deadline, Digest, RoomNews, Thing


def sections_of(digest: Digest) -> list[Section]:
    asked = {each.thing for each in digest.asked if not each.thing.is_only_counted}
    changes = [change for change in digest.changes if change.thing not in asked]
    found = [
        Section(_("Waiting for you"), tuple(_asked(digest)), is_asked=True),
        Section(_("Deadlines in the coming week"), tuple(_deadlines(digest.deadlines))),
        Section(_("Your concerns and issues"), tuple(_changes(changes))),
        Section(_("In your rooms"), tuple(map(_room, digest.rooms))),
    ]
    return [section for section in found if section.items]


def headline_of(digest: Digest) -> str:
    """“2 things moved on your issues, 1 waits for you”; numbers only, no topic."""
    moved, asked = len(digest.changes), len(digest.asked)
    said = []
    if moved:
        text = ngettext(
            "%(count)d thing moved on your issues", "%(count)d things moved on your issues", moved
        )
        said.append(text % {"count": moved})
    if asked:
        text = ngettext("%(count)d waits for you", "%(count)d wait for you", asked)
        said.append(text % {"count": asked})
    if said:
        return ", ".join(said)
    return _("News in your rooms") if digest.rooms else _("Deadlines in the coming week")


def week_of(digest: Digest) -> str:
    named = {
        "week": digest.last_day.isocalendar().week,
        "days": dates.days(digest.first_day, digest.last_day),
    }
    return _("Week %(week)d · %(days)s") % named


def address_of(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}"


def _asked(digest: Digest) -> Iterable[Item]:
    """A thing is told once: what happened to it stands below what is asked."""
    course_of = {change.thing: phrases.course(change) for change in digest.changes}
    counted = [each for each in digest.asked if each.thing.is_only_counted]
    for each in digest.asked:
        if not each.thing.is_only_counted:
            yield _item(each.thing, _question(each), course_of.get(each.thing, ""), action=_("Answer"))
    if counted:
        yield _counted(len(counted), _("The office asked a question and waits for your reply."), _("Answer"))


def _question(asked: AskedOf) -> str:
    if asked.what == "sign":
        return _("A recommendation waits for your signature.")
    if asked.what == "reply":
        return _("The office asked a question and waits for your reply.")
    if asked.due:
        return _("The office proposes to close it. Say by %(day)s whether you agree.") % {
            "day": dates.day(asked.due)
        }
    return _("The office proposes to close it. Say whether you agree.")


def _deadlines(deadlines: Iterable[Deadline]) -> Iterable[Item]:
    counted = [each for each in deadlines if each.thing.is_only_counted]
    for each in deadlines:
        if not each.thing.is_only_counted:
            due = _("Due on %(day)s.") % {"day": dates.day(each.due)}
            yield _item(each.thing, " ".join([due, str(phrases.HOLDERS.get(each.holder, ""))]).strip())
    if counted:
        first = min(each.due for each in counted)
        yield _counted(len(counted), _("Due on %(day)s.") % {"day": dates.day(first)})


def _changes(changes: Iterable[Change]) -> Iterable[Item]:
    counted = [each for each in changes if each.thing.is_only_counted]
    for each in changes:
        if not each.thing.is_only_counted:
            yield _item(each.thing, phrases.course(each))
    if counted:
        yield _counted(len(counted), _("There is news. Sign in to read it."))


def _room(news: RoomNews) -> Item:
    lines = [Line(_("New:"), thing.title, thing.lang, address_of(thing.path)) for thing in news.new]
    if news.most_discussed:
        thing = news.most_discussed
        lines.append(Line(_("Most discussed:"), thing.title, thing.lang, address_of(thing.path)))
    name = news.name or _restricted_rooms(news.rooms)
    return Item(name, address_of(news.path), beside=phrases.of_a_room(news), lines=tuple(lines))


def _item(thing: Thing, *sentences: str, action: str = "") -> Item:
    name = " · ".join(part for part in (thing.reference, thing.title) if part)
    lines = tuple(Line(sentence) for sentence in sentences if sentence)
    beside = "" if thing.title else _("restricted room")
    return Item(name, address_of(thing.path), thing.lang, beside=beside, lines=lines, action=action)


def _counted(count: int, sentence: str, action: str = "") -> Item:
    name = ngettext(
        "%(count)d concern that mail does not name", "%(count)d concerns that mail does not name", count
    ) % {"count": count}
    return Item(name, address_of(reverse("rooms:list")), lines=(Line(sentence),), action=action)


def _restricted_rooms(count: int) -> str:
    return ngettext("A restricted room", "%(count)d restricted rooms", count) % {"count": count}
