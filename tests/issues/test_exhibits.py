"""An exhibit is a post as it read, provable, and no more visible than the post."""

import hashlib

import pytest
from django.utils import timezone

from dialogue.issues.models import Exhibit
from dialogue.issues.queries.page import exhibits_of
from dialogue.rooms.actions.posts import edit, withdraw
from dialogue.rooms.models import Post, PostRevision
from dialogue.text.refusals import Invalid
from tests.cast import Cast, a_post, a_thread
from tests.issues.carried import an_issue, key
from tests.rooms.refusals import refused

pytestmark = pytest.mark.django_db


def test_exhibits_are_numbered_as_chosen_and_carry_the_hash_of_the_text(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    posts = [a_post(thread, cast.second_member, body) for body in ("First.", "Second.", "Үшінші.")]
    issue = an_issue(cast, thread, exhibits=[posts[2].public_id, posts[0].public_id, posts[2].public_id])
    rows = list(Exhibit.objects.filter(issue=issue))
    assert [(row.number, row.revision.body) for row in rows] == [(1, "Үшінші."), (2, "First.")]
    assert [row.sha256 for row in rows] == [
        hashlib.sha256(body.encode()).hexdigest() for body in ("Үшінші.", "First.")
    ]
    assert all(row.is_intact and row.sha256 == row.revision.sha256 for row in rows)


def test_an_exhibit_outlives_an_edit(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member, "Nine steps.")
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    edit(post, by=cast.second_member, key=key(), version=1, body="Ten steps.")
    (shown,) = exhibits_of(cast.member, issue)
    assert shown.revision is not None
    assert (shown.revision.body, shown.revision.version, shown.is_intact) == ("Nine steps.", 1, True)


def test_the_version_pinned_is_the_one_shown_at_that_moment(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member, "Nine steps.")
    edit(post, by=cast.second_member, key=key(), version=1, body="Ten steps.")
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    assert Exhibit.objects.get(issue=issue).revision.version == 2


def test_a_changed_text_is_noticed(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member)
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    PostRevision.objects.filter(post=post).update(body="Nothing of the kind.")
    assert not Exhibit.objects.get(issue=issue).is_intact


def test_a_withdrawn_post_is_withheld_from_everyone(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member)
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    withdraw(post, by=cast.second_member, key=key())
    for person in (cast.member, cast.officer, cast.safety):
        (shown,) = exhibits_of(person, issue)
        assert shown.revision is None


def test_a_hidden_post_is_withheld_from_everyone(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member)
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    (shown,) = exhibits_of(cast.officer, issue)
    assert shown.revision is None


@pytest.mark.parametrize("fault", ["office note", "withdrawn", "hidden", "of another thread"])
def test_what_may_not_be_shown_is_no_exhibit(cast: Cast, fault: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.moderator, office_only=fault == "office note")
    if fault == "withdrawn":
        withdraw(post, by=cast.moderator, key=key())
    elif fault == "hidden":
        Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    elif fault == "of another thread":
        post = a_post(a_thread(cast.disability, cast.member), cast.member)
    told = a_post(thread, cast.second_member)
    with refused(Invalid, "not_an_exhibit", field="exhibits"):
        an_issue(cast, thread, exhibits=[told.public_id, post.public_id])
