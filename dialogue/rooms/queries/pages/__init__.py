"""What the pages of rooms show, ready to be drawn: words, flags and addresses, no decisions."""
