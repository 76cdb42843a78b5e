"""``python -m tests.faults.breaking serve …``: a web process that breaks where ``BREAKS`` says.

``before_commit:4``: at the fourth act it is gone when everything is written and nothing committed.
``after_commit:4``: it is gone when that is committed, and neither acknowledged nor rung for.
``rings:7``: three of ten rings are lost, by the dice of that seed. And while a file ``full`` lies in
its folder, the layer between the processes takes nothing.
``counts``: nothing breaks; how often each table is read is written into the folder, ``reads.json``.
"""

import itertools
import json
import os
import random
import re
import sys
import threading
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import django

LOST = "a ring was lost"
SHARE = 0.3
CODE = 77
TABLE = re.compile(r'FROM "(\w+)"')


def die_at(turn: int, journal: Any, moment: str) -> None:
    """Put our end before what ``bells`` does at that moment."""
    turns, whole = itertools.count(1), getattr(journal, moment)

    def broken(heads: dict[str, int]) -> None:
        if heads and next(turns) == turn:
            os._exit(CODE)
        whole(heads)

    setattr(journal, moment, broken)


def lose_rings(layer: Any, chance: random.Random) -> None:
    whole = layer.group_send

    async def lossy(self: Any, group: str, message: dict[str, Any]) -> None:
        if message["type"] == "ring" and chance.random() < SHARE:
            print(LOST, flush=True)
        else:
            await whole(self, group, message)

    layer.group_send = lossy


def fill_at_times(layer: Any, sign: Path, full: type[Exception]) -> None:
    whole, is_full = layer.group_send, sign.exists

    async def filled(self: Any, group: str, message: dict[str, Any]) -> None:
        if is_full():
            print(LOST, flush=True)
            raise full
        await whole(self, group, message)

    layer.group_send = filled


def count_reads(created: Any, place: Path) -> None:
    reads: Counter[str] = Counter()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        found = TABLE.search(sql) if sql.startswith("SELECT") else None
        reads[found[1] if found else "other"] += 1
        return execute(sql, *rest)

    def watch(connection: Any, **_rest: Any) -> None:
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    def tell() -> None:
        while True:
            place.with_suffix(".new").write_text(json.dumps(reads.copy()))
            place.with_suffix(".new").rename(place)
            time.sleep(0.1)

    created.connect(watch, weak=False)
    threading.Thread(target=tell, daemon=True).start()


def break_as_told() -> None:
    bells = import_module("dialogue.journal.bells")
    layer = import_module("channels_redis.pubsub").RedisPubSubLoopLayer
    what, _, number = os.environ.get("BREAKS", "").partition(":")
    match what:
        case "before_commit":
            die_at(int(number), bells, "ring_on_commit")
        case "after_commit":
            die_at(int(number), bells, "ring")
        case "counts":
            created = import_module("django.db.backends.signals").connection_created
            count_reads(created, Path(os.environ["VAR_DIR"]) / "reads.json")
        case "rings":
            lose_rings(layer, random.Random(int(number)))
    full = import_module("channels.exceptions").ChannelFull
    fill_at_times(layer, Path(os.environ["VAR_DIR"]) / "full", full)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings")
    django.setup()
    break_as_told()
    import_module("django.core.management").execute_from_command_line(["manage.py", *sys.argv[1:]])
