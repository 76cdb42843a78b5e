"""What the journal says about rooms, in the past tense. Entries carry ids, never words of people."""

THREAD_RAISED = "thread.raised"  # a concern or a discussion began, with its first post
POST_ADDED = "post.added"  # somebody wrote; an office note stands in the office's stream
POST_EDITED = "post.edited"  # the author changed the text; the older revision is kept
POST_WITHDRAWN = "post.withdrawn"  # the author took it back; a marker stays
POST_REACTED = "post.reacted"  # a reaction was set or taken away
SEAT_TAKEN = "seat.taken"  # a delegate sits in the room, by a first post or an invitation
SEAT_LEFT = "seat.left"
THREAD_ACKNOWLEDGED = "thread.acknowledged"  # the office confirmed that it received the concern
THREAD_MOVED = "thread.moved"  # triage or the author moved it to another state
THREAD_HELD = "thread.held"  # out of sight of all but its handlers; a neutral stub stays
THREAD_RELEASED = "thread.released"
THREAD_SEEN_BY_OFFICE = "thread.seen_by_office"  # at most one a thread and ten seconds
CARRIAGE_UPDATED = "carriage.updated"  # the card of an issue that carries the thread forward changed
