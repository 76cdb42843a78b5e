"""How the database is asked where it is asked for every post. Knows nothing of what is asked."""
