"""Fictional people and their story; exists only where ``DEMO`` is on."""
