"""What PostgreSQL is told about everybody's connection."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def test_nobody_waits_for_a_lock_for_ever() -> None:
    """F15; what happens then is shown by tests/faults/test_locks.py."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("8s",)
