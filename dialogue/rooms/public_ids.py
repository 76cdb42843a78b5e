"""Names of things in addresses: not guessable, and silent about how many there are."""

import base64
import secrets


def new_public_id() -> str:
    """80 random bits as 16 characters of a–z and 2–7."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()
