"""What costs much in every test and is tested in few of them, or in none."""

import gc
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_quickly() -> Iterator[None]:
    """With the same algorithm, at a hundredth of the price that is right against thieves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Argon2PasswordHasher, "time_cost", 1)
        patch.setattr(Argon2PasswordHasher, "memory_cost", 64)
        patch.setattr(Argon2PasswordHasher, "parallelism", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def garbage_is_looked_for_seldom() -> Iterator[None]:
    """Looking through Django and all tests again and again was a tenth of everything."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()
