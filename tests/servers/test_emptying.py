"""Whatever a transactional test wrote is gone before the next one."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from dialogue.rooms.models import Room
from tests.cast import Cast, a_post, a_thread
from tests.rows import are_empty


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_any_table(cast: Cast) -> None:
    a_post(a_thread(cast.disability, cast.member), cast.second_member)
    Session.objects.create(session_key="left", session_data="", expire_date=timezone.now())
    assert not are_empty([Room])
    call_command("flush", verbosity=0, interactive=False)
    assert not connection.in_atomic_block
    tables = [kind for kind in apps.get_models(include_auto_created=True) if not kind._meta.proxy]
    assert are_empty(tables)


@pytest.mark.django_db(transaction=True)
def test_nothing_to_empty_is_fine() -> None:
    call_command("flush", verbosity=0, interactive=False)
    call_command("flush", verbosity=0, interactive=False)
    assert are_empty([Room])
