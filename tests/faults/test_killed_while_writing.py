"""F37: the embedded default is killed while it writes; the file is whole, and what was acked is in it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.company import Company, company, until
from tests.faults.installation import Installation

pytestmark = [pytest.mark.sqlite_only, pytest.mark.faults, pytest.mark.long, pytest.mark.timeout(240)]
KILLS = 6


async def test_the_file_is_whole_after_every_kill(alone: Installation) -> None:
    (web,) = alone.webs
    async with company(alone, senders=[[web]] * 8, listeners=[[web]] * 4) as them:
        saying = asyncio.create_task(them.say(80, pause_seconds=0.06))
        for _kill in range(KILLS):
            enough = them.acked + them.chance.randint(20, 60)
            await until(lambda: them.acked >= enough)  # noqa: B023 — it ends before the next turn
            await until(lambda: sum(len(one.answers) for one in them.senders if one.socket) > 1)
            web.kill()
            await see_it_is_whole(them, web.folder / "dialogue.sqlite3")
            await asyncio.to_thread(web.start)
        assert not saying.done(), "they were still talking at the last kill"
        await saying
        await them.agree()


async def see_it_is_whole(them: Company, file: Path) -> None:
    """Opened by somebody else, before the process comes back and repairs what it could repair."""
    acked = {body for sender in them.senders for body in sender.acked}
    with closing(sqlite3.connect(file)) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert found.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = [body for (body,) in found.execute("SELECT body FROM rooms_postrevision")]
        heads = "SELECT s.position, count(*), max(e.position) FROM journal_stream s JOIN journal_entry e"
        rows = found.execute(f"{heads} ON e.stream_id = s.id GROUP BY s.id").fetchall()
    assert acked <= set(kept)
    assert len(kept) == len(set(kept))
    assert all(head == count == last for head, count, last in rows), "a head without its entry, or a hole"
