"""Nouns of the rooms, one a file."""

from dialogue.rooms.models.post import Post, PostRevision, Purpose, Reaction, ReadMark, sha256_of
from dialogue.rooms.models.room import Entrance, Marking, Room, Seat
from dialogue.rooms.models.thread import Byline, Thread, ThreadKind, Urgency
from dialogue.rooms.models.triage import Acknowledgement, Carriage, Hold, Holder, TriageStep

__all__ = [
    "Acknowledgement",
    "Byline",
    "Carriage",
    "Entrance",
    "Hold",
    "Holder",
    "Marking",
    "Post",
    "PostRevision",
    "Purpose",
    "Reaction",
    "ReadMark",
    "Room",
    "Seat",
    "Thread",
    "ThreadKind",
    "TriageStep",
    "Urgency",
    "sha256_of",
]
