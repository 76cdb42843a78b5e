"""Nouns of the rooms, one a file."""

from dialogue.rooms.models.room import Entrance, Marking, Room, Seat

__all__ = ["Entrance", "Marking", "Room", "Seat"]
