"""One world for a whole module: built once, and put back after every request."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from dialogue.accounts.models import User
from platform_site import navigation
from tests.matrix.undoing import undone
from tests.matrix.world import World, build


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this folder a database lasts for a module; tests put back what they write, by ``undone``."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module", name="world")
def the_world(db: None) -> Iterator[World]:
    """The way around is the same on every page of a person, and a third of its price: drawn once for each."""
    drawn: dict[int, list[navigation.Item]] = {}
    draw = navigation.items_for

    def once(user: User, path: str) -> list[navigation.Item]:
        if user.pk not in drawn:
            drawn[user.pk] = draw(user, path)
        return drawn[user.pk]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "items_for", once)
        yield build()
