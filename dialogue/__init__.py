"""Dialogue: several small Django apps in one declared order; see docs/words.md."""
