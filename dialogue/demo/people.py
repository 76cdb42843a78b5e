"""The fictional organisations and people of the story."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from dialogue.accounts.actions import create_account
from dialogue.accounts.queries import person_by_email
from dialogue.demo.roles import DEMO_PASSWORD, DEMO_ROLES, demo_address
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.organisations import register_organisation, verify_organisation
from dialogue.organisations.models import Kind, Organisation, Role
from dialogue.organisations.queries import organisation_by_slug
from dialogue.taxonomy.queries import duty_bearers, with_code

STORY = Path(__file__).parent / "story"


def load_people() -> int:
    """Load who is missing and return how many; whoever is there stays as they are."""
    story = tomllib.loads((STORY / "people.toml").read_text(encoding="utf-8"))
    missing = [row for row in story["people"] if person_by_email(demo_address(row["key"])) is None]
    if missing:
        _load(story["organisations"], missing)
    return len(missing)


@transaction.atomic
def _load(organisations: list[dict[str, Any]], people: list[dict[str, Any]]) -> None:
    registered = {row["key"]: _organisation(row) for row in organisations}
    for row in people:
        person = create_account(
            email=demo_address(row["key"]),
            name=row["name"],
            language=row["language"],
            # A hash takes a tenth of a second, on purpose; nobody signs in as the others.
            password=DEMO_PASSWORD if row["key"] in DEMO_ROLES else None,
            is_address_confirmed=True,
        )
        delegate(person, registered[row["organisation"]], Role(row["role"]), given_by=None)


def _organisation(row: dict[str, Any]) -> Organisation:
    known = organisation_by_slug(row["key"])
    if known is not None:
        return known
    code = row.get("duty_bearer")
    organisation = register_organisation(
        by=None,
        slug=row["key"],
        names=row["name"],
        kind=Kind(row["kind"]),
        duty_bearer=with_code(duty_bearers(), code, field="duty_bearer") if code else None,
    )
    verify_organisation(organisation, by=None)
    return organisation
