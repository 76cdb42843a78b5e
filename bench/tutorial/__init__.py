"""Baseline: a chat room as Channels' tutorial teaches it, on daphne and channels_redis."""
