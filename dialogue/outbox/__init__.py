"""What must still leave the house, and what became of it."""
