"""A tag that could harm those it names is shown to the office and nobody else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from dialogue.taxonomy.access import affected_groups_visible_to
from dialogue.taxonomy.queries import with_code
from dialogue.text.refusals import Invalid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("is_office", "is_active", "sees"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_office_only_groups(*, is_office: bool, is_active: bool, sees: bool) -> None:
    person = get_user_model()(is_active=is_active)
    codes = [group.code for group in affected_groups_visible_to(person, is_office=is_office)]
    assert ("sogi" in codes) is sees
    assert len(codes) == 12 + sees


def test_a_visitor_is_never_the_office() -> None:
    assert affected_groups_visible_to(AnonymousUser(), is_office=True).count() == 12


def test_naming_the_code_does_not_help() -> None:
    groups = affected_groups_visible_to(get_user_model()(), is_office=False)
    with pytest.raises(Invalid, match="not_a_choice"):
        with_code(groups, "sogi", field="groups")
