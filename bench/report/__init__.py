"""``bench/RESULTS.md``: what must hold, then ratios; absolute figures drift with the machine."""
