from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.outbox.receiver import Receiver, receiving


@pytest.fixture(autouse=True)
def own_mail_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "dialogue.outbox.backend.OutboxBackend"
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    return tmp_path / "mail"


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with receiving() as (receiver, url):
        settings.EMAIL_URL = url
        yield receiver
