"""Measurements against baselines in the same run. ``make bench`` runs them; tests never do."""
