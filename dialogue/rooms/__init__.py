"""Where they talk: rooms, seats, threads, posts, and what triage did with them."""
