"""Compares what clients saw with what the database holds: I1–I4, element by element."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.faults.client import Listener, Sender

Ledger = Sequence[dict[str, Any]]


def faults_of(
    ledger: Ledger, senders: Iterable[Sender], listeners: Iterable[Listener], *, since: int
) -> list[str]:
    """Every broken promise in words; empty when all were kept."""
    senders, listeners = list(senders), list(listeners)
    faults = [*_positions(ledger), *_bodies(ledger, senders)]
    for index, sender in enumerate(senders):
        faults += [f"sender {index}: {fault}" for fault in _acks(ledger, sender)]
    told = [(row["position"], row["kind"], row["post"]) for row in ledger if row["position"] > since]
    for index, listener in enumerate([*senders, *listeners]):
        faults += [f"listener {index}: {fault}" for fault in _heard(told, listener)]
    return faults


def _positions(ledger: Ledger) -> list[str]:
    """I2: 1, 2, 3 … without gap or repeat."""
    found = [row["position"] for row in ledger]
    return [] if found == list(range(1, len(found) + 1)) else ["positions have a gap or a repeat"]


def _bodies(ledger: Ledger, senders: Iterable[Sender]) -> list[str]:
    """I4: what was sent under one key stands there once."""
    kept = [row["body"] for row in ledger if row["kind"] == "post.added"]
    sent = {body for sender in senders for body in sender.acked}
    doubled = len(kept) - len(set(kept))
    faults = [f"{doubled} posts doubled"] if doubled else []
    return [*faults, *(f"never sent, or never acknowledged: {body}" for body in set(kept) - sent)]


def _acks(ledger: Ledger, sender: Sender) -> list[str]:
    """I1: an acknowledged act is where the acknowledgement said; and a person's posts keep their order."""
    faults = []
    for body, (epoch, position, post) in sender.acked.items():
        row = ledger[position - 1] if position <= len(ledger) else None
        if row is None or (row["epoch"], row["post"], row["body"]) != (epoch, post, body):
            faults.append(f"lost: {body} acknowledged at {position}")
    places = [position for _, position, _ in sender.acked.values()]
    return faults if places == sorted(places) else [*faults, "out of order"]


def _heard(told: list[tuple[int, str, str]], listener: Listener) -> list[str]:
    """I3: the same, in the same order, each once."""
    faults = list(listener.surprises)
    if listener.applied != told:
        faults.append(f"applied {len(listener.applied)} of {len(told)}, or otherwise")
    return faults
