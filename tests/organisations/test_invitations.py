import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from dialogue.accounts.queries import person_by_email
from dialogue.organisations import access
from dialogue.organisations.actions.invitations import invite, redeem_invitation, revoke_invitation
from dialogue.organisations.models import Invitation, Kind, Role
from dialogue.outbox.models import OutgoingMail
from dialogue.text.refusals import NotFound, Refusal
from tests.addresses import NO_ADDRESSES
from tests.organisations.cast import an_organisation, delegate_of, somebody

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-and-uncommon-phrase"


def an_invitation(email: str = "new@demo.example") -> tuple[Invitation, str]:
    ngo = an_organisation()
    return invite(ngo, by=delegate_of(ngo, Role.LEAD), email=email, role=Role.MEMBER)


def test_an_invitation_works_once_and_for_its_address() -> None:
    invitation, token = an_invitation()
    assert token not in invitation.token_hash
    with pytest.raises(Refusal, match="invitation_not_valid"):
        redeem_invitation(token, by=somebody("other"))
    person = somebody("new")
    redeem_invitation(token, by=person)
    assert access.is_member(person)
    with pytest.raises(Refusal, match="invitation_not_valid"):
        redeem_invitation(token, by=person)


@pytest.mark.parametrize("fault", ["expired", "revoked", "inviter"])
def test_what_is_over_is_refused(fault: str) -> None:
    invitation, token = an_invitation()
    if fault == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif fault == "revoked":
        revoke_invitation(invitation, by=invitation.invited_by)
    else:
        invitation.invited_by.delegations.update(ended_at=timezone.now())
    with pytest.raises(Refusal, match="invitation_not_valid"):
        redeem_invitation(token, by=somebody("new"))


def test_a_member_does_not_invite() -> None:
    ngo = an_organisation()
    with pytest.raises(NotFound):
        invite(ngo, by=delegate_of(ngo, Role.MEMBER), email="a@demo.example", role=Role.MEMBER)


def sign_up(client: Client, email: str) -> int:
    form = {"name": "Aigerim Nova", "email": email, "password1": PASSWORD, "language": "ru"}
    return client.post("/accounts/signup/", form).status_code


def test_from_the_link_to_a_member(client: Client) -> None:
    _invitation, token = an_invitation()
    assert client.get(f"/invitations/{token}/")["Location"] == "/accounts/signup/"
    assert sign_up(client, "another@demo.example") == 200
    assert person_by_email("another@demo.example") is None
    assert sign_up(client, "new@demo.example") == 302
    person = person_by_email("new@demo.example")
    assert person is not None
    assert access.is_member(person)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Client().get(f"/invitations/{token}/").status_code == 410


def test_no_name_or_address_is_cut_when_it_is_pasted(client: Client) -> None:
    """Neither the newcomer's nor that of whoever is invited; too long a name is refused and shown whole."""
    _invitation, token = an_invitation()
    page = client.get(f"/invitations/{token}/", follow=True).text
    assert re.search(r'<input[^>]*name="name"[^>]*data-most="100"', page)
    form = {"email": "new@demo.example", "name": "n" * 101, "password1": PASSWORD, "language": "kk"}
    answer = client.post("/accounts/signup/", form)
    assert "n" * 101 in answer.text
    client.force_login(delegate_of(an_organisation("other"), Role.LEAD))
    invite_page = client.get("/organisations/other/invite/").text
    assert "maxlength" not in invite_page
    assert 'data-most="254"' in invite_page


def test_nobody_signs_up_without_a_link(client: Client) -> None:
    sign_up(client, "new@demo.example")
    assert person_by_email("new@demo.example") is None
    assert client.get("/invitations/mistyped/").status_code == 410


def test_who_has_an_account_accepts_with_a_button(client: Client) -> None:
    _invitation, token = an_invitation()
    person = somebody("new")
    client.force_login(person)
    assert client.get(f"/invitations/{token}/").status_code == 200
    assert not access.is_member(person)
    assert client.post(f"/invitations/{token}/").status_code == 302
    assert access.is_member(person)


def test_a_lead_invites_on_a_page_that_others_do_not_find(client: Client) -> None:
    ngo = an_organisation()
    client.force_login(delegate_of(ngo, Role.MEMBER))
    assert client.get("/organisations/ngo/invite/").status_code == 404
    client.force_login(delegate_of(ngo, Role.LEAD))
    assert client.get("/organisations/missing/invite/").status_code == 404
    page = client.get("/organisations/ngo/invite/")
    assert 'value="member">Member<' in page.content.decode().replace(" selected", "")
    typed = {"email": "new@demo.example", "role": "member", "key": str(uuid.uuid4())}
    first, again = (client.post("/organisations/ngo/invite/", typed).context["link"] for _time in range(2))
    assert first == again
    [sent] = OutgoingMail.objects.all()
    assert first in sent.text
    assert "ngo" not in sent.text.replace(first, "") + sent.subject
    invitation = Invitation.objects.get()
    assert redeem_invitation(first.split("/")[-2], by=somebody("new")).organisation == invitation.organisation


def test_after_an_invitation_the_page_leads_on(client: Client) -> None:
    client.force_login(delegate_of(an_organisation(), Role.LEAD))
    typed = {"email": "new@demo.example", "role": "member", "key": str(uuid.uuid4())}
    answer = client.post("/organisations/ngo/invite/", typed)
    assert f'value="{answer.context["link"]}" readonly' in answer.text
    assert 'href="/organisations/ngo/invite/">Invite another person<' in answer.text
    assert 'href="/">To the first page<' in answer.text


def test_another_form_or_address_is_another_invitation(client: Client) -> None:
    client.force_login(delegate_of(an_organisation(), Role.LEAD))
    key = str(uuid.uuid4())
    for email, used in (("new@demo.example", key), ("other@demo.example", key), ("new@demo.example", "")):
        typed = {"email": email, "role": "member", "key": used}
        assert client.post("/organisations/ngo/invite/", typed).status_code == 200
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 3


@pytest.mark.parametrize(
    "email",
    [*NO_ADDRESSES.values(), "new@post.example,all@post.example", "a\x00@post.example"],
    ids=[*NO_ADDRESSES, "two", "nul"],
)
def test_b55_an_address_that_is_none_is_said_beside_it(client: Client, email: str) -> None:
    client.force_login(delegate_of(an_organisation(), Role.LEAD))
    answer = client.post("/organisations/ngo/invite/", {"email": email, "role": "member"})
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.text
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("New@Post.Example", "new@post.example"),
        ("new+tag@post.example", "new+tag@post.example"),
        ("new@почта.example", "new@почта.example"),
    ],
)
def test_b55_an_address_is_normalised(client: Client, typed: str, kept: str) -> None:
    client.force_login(delegate_of(an_organisation(), Role.LEAD))
    assert client.post("/organisations/ngo/invite/", {"email": typed, "role": "member"}).status_code == 200
    assert Invitation.objects.get().email == kept


def test_b58_another_persons_link_says_so_before_a_button_is_pressed(client: Client) -> None:
    _invitation, token = an_invitation()
    client.force_login(somebody("other"))
    for ask in (client.get, client.post):
        answer = ask(f"/invitations/{token}/")
        assert answer.status_code == 410
        assert "ngo en" not in answer.text


@pytest.mark.parametrize(("demo", "second_factor", "status"), [(0, 0, 403), (1, 0, 302), (0, 1, 302)])
def test_no_power_on_a_password_alone(client: Client, demo: int, second_factor: int, status: int) -> None:
    office = an_organisation("office", Kind.OFFICE)
    admin = delegate_of(office, Role.ADMIN)
    _invitation, token = invite(office, by=admin, email="new@demo.example", role=Role.OFFICER)
    client.get(f"/invitations/{token}/")
    with override_settings(DEMO=bool(demo), SECOND_FACTOR_EXISTS=bool(second_factor)):
        assert sign_up(client, "new@demo.example") == status
    assert ("_auth_user_id" in client.session) is (status == 302)


@pytest.mark.parametrize("way", ["invited", "made staff"])
def test_a_session_does_not_go_on_with_new_power(client: Client, way: str) -> None:
    office = an_organisation("office", Kind.OFFICE)
    admin, person = delegate_of(office, Role.ADMIN), somebody("new")
    client.force_login(person)
    _invitation, token = invite(office, by=admin, email=person.email, role=Role.OFFICER)
    with override_settings(DEMO=False):
        assert client.get("/account/digest/").status_code == 200
        if way == "invited":
            assert client.post(f"/invitations/{token}/").status_code == 302
        else:
            person.is_staff = True
            person.save()
        assert client.get("/account/digest/").status_code == 403
        assert "_auth_user_id" not in client.session
        assert client.get("/account/digest/").status_code == 302
