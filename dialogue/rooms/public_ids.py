"""Names of things in addresses: not guessable, and silent about how many there are."""

import secrets


def new_public_id() -> str:
    """80 random bits as 16 characters of a–z and 2–7."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(16))
