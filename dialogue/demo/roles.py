"""The demo accounts a visitor may enter as."""

DEMO_ROLES = (
    "member",
    "outsider",
    "lead",
    "moderator",
    "officer",
    "approver",
    "safety",
    "authority",
    "observer",
)
DEMO_PASSWORD = "dialogue-demo"  # noqa: S105 — published on purpose: it opens fictional accounts only


def demo_address(key: str) -> str:
    return f"{key}@demo.example"
