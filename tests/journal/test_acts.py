"""The same key gives the same answer for ever; another content with it is refused (I4)."""

import uuid

import pytest

from dialogue.accounts.models import User
from dialogue.journal import acts, entries
from dialogue.journal.models import Act
from dialogue.text.refusals import Conflict, Invalid

KEY = uuid.UUID("5f0c3e0a-0d3b-4f57-9d0e-0a6a5d7f0001")


@pytest.fixture
def author() -> User:
    return User.objects.create_user("author@example.org", "-", name="Author")


def do(author: User, content: dict[str, str]) -> acts.Done:
    with entries.opening(["room:steppe"]) as opened:
        if (done := acts.already_done(author, KEY, content)) is not None:
            return done
        place = opened.record("post.added", stream="room:steppe", actor=author)
        return acts.remember(author, KEY, content, place=place, thing="p1")


@pytest.mark.django_db
def test_a_retry_is_answered_with_the_first_place(author: User) -> None:
    first = do(author, {"body": "сәлем"})
    again = do(author, {"body": "сәлем"})
    assert not first.is_repeat
    assert again.is_repeat
    assert (again.place, again.thing) == (first.place, first.thing)
    assert entries.head_of("room:steppe").position == 1


@pytest.mark.django_db
def test_another_content_with_the_key_is_refused(author: User) -> None:
    do(author, {"body": "one"})
    with pytest.raises(Conflict) as refused:
        do(author, {"body": "two"})
    assert refused.value.code == "key_reused"
    assert entries.head_of("room:steppe").position == 1


@pytest.mark.django_db
def test_keys_belong_to_their_author(author: User) -> None:
    other = User.objects.create_user("other@example.org", "-", name="Other")
    do(author, {"body": "one"})
    assert not do(other, {"body": "another"}).is_repeat


@pytest.mark.django_db
def test_the_content_cannot_be_read_from_the_journal(author: User) -> None:
    do(author, {"body": "canary-7731"})
    act = Act.objects.get(author=author)
    assert "canary-7731" not in str(vars(act))


@pytest.mark.parametrize("raw", ["", "not-a-key", None, "5f0c3e0a", "z" * 32])
def test_a_key_that_is_no_uuid_is_refused(raw: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        acts.parse_key(raw)
    assert refused.value.code == "bad_key"


def test_the_letter_case_of_a_key_does_not_matter() -> None:
    assert acts.parse_key(str(KEY).upper()) == KEY
