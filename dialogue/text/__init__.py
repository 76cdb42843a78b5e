"""Prose: how words are cleaned, rendered, refused. Knows nothing of people or rooms."""
