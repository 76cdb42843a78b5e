"""Loaded before Django: chooses the database of the test run (``DIALOGUE_TEST_DB=postgres``)."""
