"""The weekly mail: what changed since a reader's last one, and nothing they may not read."""
