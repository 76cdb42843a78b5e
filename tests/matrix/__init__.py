"""Every address × everybody, and what is told to whom who sends a form something odd."""
