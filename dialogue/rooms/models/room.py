"""A room, and the seats in it."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.organisations.models import Organisation


class Entrance(models.TextChoices):
    MEMBERS = "members", _("open to all verified members")
    INVITED = "invited", _("by invitation")


class Marking(models.TextChoices):
    """How far a text may travel, the strictest last; what derives from several takes the strictest."""

    PUBLIC = "public", pgettext_lazy("marking", "Public")
    MEMBERS = "members", pgettext_lazy("marking", "All members")
    ROOM = "room", pgettext_lazy("marking", "Room only")
    OFFICE = "office", pgettext_lazy("marking", "Office only")


def new_pseudonym_key() -> bytes:
    return secrets.token_bytes(32)


class Room(models.Model):
    """``slug`` never changes: streams are named by it.

    ``pseudonym_key`` keeps shielded people stable inside the room and unlinkable across rooms.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name of the room"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=600)
    rules = models.TextField(_("rules"), max_length=2000, blank=True)
    entrance = models.CharField(max_length=10, choices=Entrance.choices, default=Entrance.MEMBERS)
    default_marking = models.CharField(max_length=10, choices=Marking.choices, default=Marking.MEMBERS)
    is_chatham_house = models.BooleanField(default=False)
    observers_may_read = models.BooleanField(default=False)
    pseudonym_key = models.BinaryField(max_length=32, default=new_pseudonym_key)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Room"]] = models.Manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.slug

    @property
    def markings(self) -> tuple[Marking, ...]:
        """Its own and stricter ones: nothing said here travels further."""
        return tuple(Marking)[list(Marking).index(Marking(self.default_marking)) :]

    @property
    def stream_name(self) -> str:
        return f"room:{self.slug}"

    @property
    def office_stream_name(self) -> str:
        return f"room:{self.slug}:office"

    @property
    def safety_stream_name(self) -> str:
        return f"room:{self.slug}:safety"


class SeatQuerySet(models.QuerySet["Seat"]):
    def valid(self, now: datetime) -> "SeatQuerySet":
        """Those somebody sits in at this moment."""
        return self.filter(Q(until=None) | Q(until__gt=now), left_at=None)


class Seat(models.Model):
    """A person sits in a room for an organisation; before ``visible_from`` they see nothing."""

    person = models.ForeignKey(User, models.PROTECT, related_name="seats")
    room = models.ForeignKey(Room, models.PROTECT, related_name="seats")
    for_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    visible_from = models.PositiveBigIntegerField(default=0)
    taken_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "room"), condition=Q(left_at=None), name="rooms_one_seat_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.room_id}"

    def is_valid(self, now: datetime) -> bool:
        """The same as ``valid``, for a seat at hand."""
        return self.left_at is None and (self.until is None or now < self.until)
