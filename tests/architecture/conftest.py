"""Trees are kept while this folder is tested: for all the other tests they would only take up room."""

from collections.abc import Iterator

import pytest

from tests.architecture.sources import parsed


@pytest.fixture(scope="package", autouse=True)
def trees_are_kept_here_alone() -> Iterator[None]:
    yield
    parsed.cache_clear()
