"""What is typed where an address is asked for, and is none (B55)."""

from typing import Final

NO_ADDRESSES: Final = {
    "no at": "new",
    "two at": "new@@post.example",
    "quoted": '"a b"@post.example',
    "long": f"{'x' * 250}@post.example",
    "trailing dot": "new@post.example.",
    "empty": "",
    "line break": "new@post.example\r\nBcc: all@post.example",
}
