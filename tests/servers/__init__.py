"""Real PostgreSQL, Redis and Chromium for the tests, private to one run and gone after it."""
