"""What is said, every version of it, and what readers left on it."""

import hashlib
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.organisations.models import Organisation
from dialogue.rooms.models.thread import Byline, Thread
from dialogue.rooms.public_ids import new_public_id, new_row_id
from dialogue.text.languages import Language


def sha256_of(body: str) -> str:
    """In hexadecimal; what a citation is held against."""
    return hashlib.sha256(body.encode()).hexdigest()


class Purpose(models.TextChoices):
    """Why the office wrote it, where it is more than a post."""

    PLAIN = "", ""
    QUESTION = "question", pgettext_lazy("purpose", "Question to the author")
    ANSWER = "answer", pgettext_lazy("purpose", "Answer of the office")
    SIGNPOST = "signpost", pgettext_lazy("purpose", "Where to turn")


class PostRevision(models.Model):
    """One version of a text. What cites it (an exhibit) keeps this row and its SHA-256."""

    # Known before it is written: so a post is inserted together with it, and never touched again.
    id = models.BigIntegerField(primary_key=True, default=new_row_id, editable=False)
    post = models.ForeignKey("rooms.Post", models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    body = models.TextField()
    html = models.TextField()
    renderer_version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager["PostRevision"]] = models.Manager()

    class Meta:
        ordering = ("post", "version")
        constraints = (
            models.UniqueConstraint(fields=("post", "version"), name="rooms_one_revision_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.post_id} v{self.version}"


class PostQuerySet(models.QuerySet["Post"]):
    def told(self) -> "PostQuerySet":
        """Those whose text may still be shown to whoever may read the thread."""
        return self.filter(withdrawn_at=None, hidden_at=None)

    def for_everyone_here(self) -> "PostQuerySet":
        """Told, and no notes of the office."""
        return self.told().filter(office_only=False)


class Post(models.Model):
    """``position`` is its place in the stream it was told in: the room's, its office's or its safety's.

    ``hidden_at`` belongs to moderation, but is honoured wherever a post is fetched.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="posts")
    author = models.ForeignKey(User, models.PROTECT, related_name="posts")
    for_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    byline = models.CharField(max_length=12, choices=Byline.choices)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, blank=True, default="")
    lang = models.CharField(max_length=2, choices=Language.choices)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    office_only = models.BooleanField(default=False)
    after = models.PositiveBigIntegerField(null=True, blank=True)
    position = models.PositiveBigIntegerField(default=0)
    posted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    current = models.OneToOneField(PostRevision, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("posted_at", "pk")
        indexes = (models.Index(fields=("thread", "posted_at")),)

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_told(self) -> bool:
        """The same as ``told``, for a post at hand."""
        return self.withdrawn_at is None and self.hidden_at is None

    @property
    def position_in_room(self) -> int:
        """Where it stands in what the room hears; a note of the office stands after a post."""
        return self.position if self.after is None else self.after

    @property
    def stream_name(self) -> str:
        """Where what happens to this post is told now."""
        if self.office_only and not self.thread.is_held:
            return self.thread.room.office_stream_name
        return self.thread.stream_name


class Reaction(models.Model):
    """One person's sign under a post; the list of signs is closed."""

    class Sign(models.TextChoices):
        SAME_HERE = "same_here", pgettext_lazy("reaction", "We see this too")
        SEEN = "seen", pgettext_lazy("reaction", "Seen")
        THANKS = "thanks", pgettext_lazy("reaction", "Thank you")
        IMPORTANT = "important", pgettext_lazy("reaction", "Important")

    post = models.ForeignKey(Post, models.PROTECT, related_name="reactions")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    sign = models.CharField(max_length=12, choices=Sign.choices)
    since = models.DateTimeField()

    objects: ClassVar[models.Manager["Reaction"]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "person", "sign"), name="rooms_one_sign_a_person"),
        )

    def __str__(self) -> str:
        return self.sign


class ReadMark(models.Model):
    """How far a person has read a thread, as a position of the thread's stream; it never goes back."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="read_marks")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField()

    objects: ClassVar[models.Manager["ReadMark"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "person"), name="rooms_one_mark_a_person"),)

    def __str__(self) -> str:
        return str(self.position)
