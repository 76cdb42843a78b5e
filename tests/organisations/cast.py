"""Organisations and people for these tests, where who they are does not matter."""

from dialogue.accounts.models import User
from dialogue.organisations.models import Kind, Organisation, Role
from tests import cast


def an_organisation(slug: str = "ngo", kind: Kind = Kind.NGO) -> Organisation:
    return cast.an_organisation(slug, kind)


def somebody(name: str = "nobody") -> User:
    return cast.somebody(name)


def delegate_of(organisation: Organisation, role: Role) -> User:
    return cast.a_delegate(f"{organisation.slug}-{role}", organisation, role)
