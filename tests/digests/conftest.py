from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from dialogue.journal.models import Entry
from tests.cast import Cast
from tests.digests.week import MONDAY, WEEK
from tests.outbox.conftest import receiver as receiver


@pytest.fixture(name="cast")
def cast_of_october(cast: Cast) -> Cast:
    """People who sat down long before the week that is told."""
    Entry.objects.update(happened_at=MONDAY - 8 * WEEK + timedelta(hours=1))
    return cast


@pytest.fixture(autouse=True)
def own_mail_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    settings.PUBLIC_ADDRESS = "https://dialogue.example"
    return tmp_path / "mail"
