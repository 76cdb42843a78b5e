# Two commands matter: `make run` shows the site, `make test` proves it. Both install what they need.
PYTHON ?= python3
ARGS ?=
PACKAGE ?=

HOUSE = @$(PYTHON) -m platform_site.bootstrap

.PHONY: help run test check fix faults bench messages
.DEFAULT_GOAL := help

help:
	$(HOUSE) help

run:
	$(HOUSE) run

test:
	$(HOUSE) test $(ARGS)

check:
	$(HOUSE) check

fix:
	$(HOUSE) fix

faults:
	$(HOUSE) faults $(ARGS)

bench:
	$(HOUSE) bench $(ARGS)

messages:
	$(HOUSE) messages $(PACKAGE)
