"""Who somebody is gets read anew each time, and once while a page is drawn."""

import pytest
from pytest_django import DjangoAssertNumQueries

from dialogue.organisations.access import is_member, is_moderator
from dialogue.organisations.actions.delegations import end_delegation
from dialogue.organisations.models import Delegation
from dialogue.organisations.standing import one_look
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_page_asks_once(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with one_look(), django_assert_num_queries(1):
        assert is_member(cast.member)
        assert not is_moderator(cast.member)


def test_what_was_seen_for_one_page_is_forgotten_after_it(cast: Cast) -> None:
    with one_look():
        assert is_member(cast.member)
        end_delegation(Delegation.objects.get(person=cast.member), by=cast.lead)
    assert not is_member(cast.member)


def test_without_a_page_an_end_is_seen_at_once(cast: Cast) -> None:
    assert is_member(cast.member)
    end_delegation(Delegation.objects.get(person=cast.member), by=cast.lead)
    assert not is_member(cast.member)


def test_a_look_inside_a_look_is_a_new_one(cast: Cast) -> None:
    with one_look():
        assert is_member(cast.member)
        end_delegation(Delegation.objects.get(person=cast.member), by=cast.lead)
        with one_look():
            assert not is_member(cast.member)


def test_one_person_is_not_taken_for_another(cast: Cast) -> None:
    with one_look():
        assert is_member(cast.member)
        assert is_moderator(cast.moderator)
        assert not is_moderator(cast.member)
