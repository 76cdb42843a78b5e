"""Journeys are lived in browsers: the same site and the same visitors as in ``tests/browser``."""

from tests.browser.conftest import browser, enter, site

__all__ = ["browser", "enter", "site"]
