"""Who speaks for which organisation, in which role, and how they are invited."""
