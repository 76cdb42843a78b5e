"""One world for a whole module: built once, and put back after every request."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from pytest_django.plugin import DjangoDbBlocker

from dialogue.accounts.models import User
from platform_site import navigation
from tests.matrix.undoing import undone
from tests.matrix.world import World, build

Drawn = TypeVar("Drawn")


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this folder a database lasts for a module; tests put back what they write, by ``undone``."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module", name="world")
def the_world(db: None) -> Iterator[World]:
    """The way around and who reads are the same on every page of a person, and half of its price."""
    items_for, reader_of = once(navigation.items_for), once(navigation.reader_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "items_for", items_for)
        patch.setattr(navigation, "reader_of", reader_of)
        yield build()


def once(draw: Callable[..., Drawn]) -> Callable[..., Drawn]:
    """Drawn once for each person."""
    drawn: dict[int, Drawn] = {}

    def for_person(user: User, *where: str) -> Drawn:
        if user.pk not in drawn:
            drawn[user.pk] = draw(user, *where)
        return drawn[user.pk]

    return for_person
