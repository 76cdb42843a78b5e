"""Several workers at once: one edition and one mail a person, on either database."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from dialogue.digests.actions.editions import Fate, plan_edition, send_edition
from dialogue.digests.actions.runs import Run, send_due
from dialogue.digests.actions.subscriptions import ensure_subscription
from dialogue.digests.models import Edition, Subscription
from dialogue.outbox.models import OutgoingMail
from tests.cast import Cast, a_thread
from tests.digests.week import LAST_WEEK, MONDAY, plan

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def at_once(work: Callable[[], T], count: int) -> list[T]:
    start = Barrier(count)

    def run(_number: int) -> T:
        try:
            start.wait(timeout=20)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_eight_workers_with_one_edition_one_queues_its_mail(cast: Cast) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    edition = plan(cast.member)
    fates = at_once(lambda: send_edition(edition, now=MONDAY), 8)
    assert sorted(fates) == [*[Fate.ALREADY] * 7, Fate.QUEUED]
    assert OutgoingMail.objects.count() == 1


def test_planned_eight_times_at_once_it_is_one_edition(cast: Cast) -> None:
    planned = at_once(lambda: plan_edition(cast.member, now=MONDAY), 8)
    assert len({edition.pk for edition in planned if edition}) == 1
    assert (Edition.objects.count(), Subscription.objects.count()) == (1, 1)


def test_four_whole_runs_at_once(cast: Cast) -> None:
    a_thread(cast.disability, cast.second_member, now=LAST_WEEK)
    done: list[Run] = at_once(lambda: send_due(now=MONDAY), 4)
    fates = sum((run.fates for run in done), Counter[Fate]())
    assert (fates[Fate.QUEUED], fates[Fate.EMPTY], sum(run.failed for run in done)) == (9, 2, 0)
    assert OutgoingMail.objects.values("recipient").distinct().count() == OutgoingMail.objects.count() == 9


def test_one_subscription_a_person(cast: Cast) -> None:
    tokens = at_once(lambda: ensure_subscription(cast.member).token_hash, 8)
    assert len(set(tokens)) == 1
