"""Names nobody can guess, silent about how many there are; and keys known before their rows are kept."""

import base64
import secrets


def new_public_id() -> str:
    """80 random bits as 16 characters of a–z and 2–7."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def new_row_id() -> int:
    """A primary key of 62 random bits, for rows that others point to before they are written."""
    return secrets.randbits(62)
