"""What `make` calls: prepares the machine, starts the site or its tests; standard library alone."""
