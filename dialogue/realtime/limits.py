"""What one socket, one person and one address may use; every bound says its unit."""

from typing import Final

MAX_FRAME_BYTES: Final = 64 * 1024
MAX_NESTING_LEVELS: Final = 16
# Far above 2⁶³, far below where turning digits into a number costs time.
MAX_NUMBER_DIGITS: Final = 100

MAX_PAGE_ENTRIES: Final = 300
MAX_PAGE_BYTES: Final = 256 * 1024
MAX_BEHIND_ENTRIES: Final = 3_000

FRAMES_PER_SECOND: Final = 20
FRAMES_BURST: Final = 40
# Whoever confirms so many owes that frame to us: the more we say, the more has to be confirmed.
CONFIRMED_FOR_NOTHING_ENTRIES: Final = 25
# Each makes the house read a page of the stream, for a few bytes: all streams at once, then few.
SUBSCRIPTIONS_PER_SECOND: Final = 1
SUBSCRIPTIONS_BURST: Final = 60
MAX_RATE_BREACHES: Final = 3
RATE_BREACH_WINDOW_SECONDS: Final = 60

MAX_WAITING_IN_FRAMES: Final = 64
MAX_WAITING_OUT_ENTRIES: Final = 256
MAX_WAITING_OUT_BYTES: Final = 512 * 1024
MAX_UNCONFIRMED_ENTRIES: Final = 300
MAX_UNCONFIRMED_BYTES: Final = 1024 * 1024
MAX_UNCONFIRMED_SECONDS: Final = 30

HEARTBEAT_SECONDS: Final = 20
MAX_SILENCE_SECONDS: Final = 60
MAX_BYE_RETRY_MS: Final = 15_000

# These two count in one process, as what they protect is in one: docs/decisions/0017.
MAX_SOCKETS_PER_PERSON: Final = 8
MAX_HANDSHAKES_PER_ADDRESS: Final = 20
MAX_STREAMS_PER_SOCKET: Final = 50
