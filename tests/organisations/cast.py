"""Organisations and people for these tests, made by the acts themselves."""

from dialogue.accounts.actions import create_account
from dialogue.accounts.models import User
from dialogue.organisations.actions.delegations import delegate
from dialogue.organisations.actions.organisations import register_organisation, verify_organisation
from dialogue.organisations.models import Kind, Organisation, Role


def an_organisation(slug: str = "ngo", kind: Kind = Kind.NGO) -> Organisation:
    names = {"kk": f"{slug} kk", "ru": f"{slug} ru", "en": f"{slug} en"}
    organisation = register_organisation(by=None, slug=slug, names=names, kind=kind)
    verify_organisation(organisation, by=None)
    return organisation


def somebody(name: str = "nobody") -> User:
    return create_account(email=f"{name}@demo.example", name=name, language="en", password=None)


def delegate_of(organisation: Organisation, role: Role) -> User:
    person = somebody(f"{organisation.slug}-{role}")
    delegate(person, organisation, role, given_by=None)
    return person
