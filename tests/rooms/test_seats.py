"""Sitting down in a room and leaving it."""

from datetime import timedelta

import pytest

from dialogue.accounts.queries import auth_versions
from dialogue.organisations.models import Organisation
from dialogue.rooms.access import rooms_visible_to
from dialogue.rooms.actions.seats import leave, take_seat
from dialogue.rooms.models import Seat
from dialogue.text.refusals import Forbidden, Invalid, NotFound
from tests.cast import Cast, a_delegate, a_post, a_thread, an_organisation
from tests.rooms.refusals import journal_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def far_lake(cast: Cast) -> Organisation:
    return cast.organisations["far-lake"]


def test_the_office_invites(cast: Cast, far_lake: Organisation) -> None:
    take_seat(cast.torture, person=cast.outsider, for_organisation=far_lake, by=cast.moderator)
    assert rooms_visible_to(cast.outsider).filter(pk=cast.torture.pk).exists()
    assert journal_of("room:torture")[-1] == ("seat.taken", {})


def test_a_second_invitation_changes_nothing(cast: Cast, far_lake: Organisation) -> None:
    first = take_seat(cast.torture, person=cast.outsider, for_organisation=far_lake, by=None)
    entries = journal_of("room:torture")
    assert take_seat(cast.torture, person=cast.outsider, for_organisation=far_lake, by=None) == first
    assert journal_of("room:torture") == entries


def test_nobody_invites_themselves_or_others(cast: Cast, far_lake: Organisation) -> None:
    with refused(NotFound, "not_found"):
        take_seat(cast.torture, person=cast.outsider, for_organisation=far_lake, by=cast.outsider)
    with refused(Forbidden, "forbidden"):
        take_seat(cast.torture, person=cast.outsider, for_organisation=far_lake, by=cast.member)
    with refused(Forbidden, "forbidden"):
        take_seat(cast.disability, person=cast.outsider, for_organisation=far_lake, by=cast.observer)
    take_seat(cast.disability, person=cast.outsider, for_organisation=far_lake, by=cast.outsider)


def test_a_seat_is_for_who_speaks_for_a_verified_ngo(cast: Cast, far_lake: Organisation) -> None:
    for person in (cast.member, cast.observer, cast.nobody, cast.moderator):
        with refused(Invalid, "not_a_member", field="person"):
            take_seat(cast.torture, person=person, for_organisation=far_lake, by=None)
    with refused(Invalid, "not_a_member", field="person"):
        office = cast.organisations["office"]
        take_seat(cast.torture, person=cast.moderator, for_organisation=office, by=None)


def test_leaving_ends_reading_and_tells_open_pages(cast: Cast) -> None:
    before = auth_versions([cast.second_member.pk])[cast.second_member.pk]
    leave(cast.torture, person=cast.second_member, by=cast.second_member)
    assert not rooms_visible_to(cast.second_member).filter(pk=cast.torture.pk).exists()
    assert auth_versions([cast.second_member.pk])[cast.second_member.pk] == before + 1
    assert journal_of("room:torture")[-1] == ("seat.left", {})
    entries = journal_of("room:torture")
    leave(cast.torture, person=cast.second_member, by=None)
    assert journal_of("room:torture") == entries


def test_nobody_is_put_out_by_a_neighbour(cast: Cast) -> None:
    with refused(NotFound, "not_found"):
        leave(cast.torture, person=cast.second_member, by=cast.member)
    leave(cast.torture, person=cast.second_member, by=cast.officer)


def test_a_seat_that_ran_out_makes_room_for_another(cast: Cast, far_lake: Organisation) -> None:
    first = take_seat(cast.disability, person=cast.outsider, for_organisation=far_lake, by=None)
    over = first.taken_at - timedelta(days=1)
    Seat.objects.filter(pk=first.pk).update(until=over)
    a_post(a_thread(cast.disability, cast.member), cast.outsider)
    first.refresh_from_db()
    assert first.left_at == over
    assert Seat.objects.filter(person=cast.outsider, left_at=None).count() == 1


def test_who_changed_organisation_sits_for_the_new_one(cast: Cast) -> None:
    person = a_delegate("mover", an_organisation("old-home"))
    thread = a_thread(cast.disability, person)
    person.delegations.update(ended_at=thread.raised_at)
    home = an_organisation("new-home")
    person.delegations.create(organisation=home, role="member", since=thread.raised_at)
    written = a_post(thread, person)
    assert written.for_organisation == home
    assert Seat.objects.get(person=person, left_at=None).for_organisation == home
