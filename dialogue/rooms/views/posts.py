"""Writing in a thread, changing it, taking it back, leaving a sign, having read."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dialogue.rooms.access import can_edit, can_withdraw, reading_of, visible_post, visible_thread
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.actions.marks import mark_read
from dialogue.rooms.actions.posts import edit as edit_post
from dialogue.rooms.actions.posts import post as write_post
from dialogue.rooms.actions.posts import withdraw as withdraw_post
from dialogue.rooms.actions.reactions import react as react_to
from dialogue.rooms.forms import ComposerForm, EditForm, ReadForm, SignForm, WithdrawForm
from dialogue.rooms.models import Byline, Post
from dialogue.rooms.queries.pages.revisions import revisions_of
from dialogue.rooms.views.doors import door, onward, person_of, refused_button, sent
from dialogue.rooms.views.rooms import address_of_thread, drawn, writing_in


@door("POST")
def post(request: HttpRequest, thread_id: str) -> HttpResponse:
    person = person_of(request)
    reading = reading_of(person)
    thread = visible_thread(reading, thread_id)
    form = ComposerForm(request.POST, writing=writing_in(request, thread.room, reading=reading, found=thread))
    if done := sent(form, lambda: write_post(thread, by=person, **form.words())):
        return redirect(address_of_thread(thread, post_id=done.thing))
    return drawn(request, thread.room, thread, reading=reading, composer=form, status=form.status)


@door("GET", "HEAD", "POST")
def edit(request: HttpRequest, post_id: str) -> HttpResponse:
    person = person_of(request)
    found = visible_post(person, post_id)
    if request.method != "POST":
        body = found.current.body if found.current and can_edit(person, found) else ""
        return _edit_page(request, found, EditForm(initial={"body": body, "version": found.version}))
    form = EditForm(request.POST)
    if sent(form, lambda: edit_post(found, by=person, **form.cleaned_data)):
        return redirect(address_of_thread(found.thread, post_id=found.public_id))
    return _edit_page(request, found, form, status=form.status)


def _edit_page(
    request: HttpRequest, found: Post, form: EditForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "post": found,
        "form": form,
        "newer": form.newer,
        "back": address_of_thread(found.thread, post_id=found.public_id),
        "may_edit": can_edit(person_of(request), found),
        "may_be_kept": _may_be_kept(found),
    }
    return render(request, "rooms/edit.html", context, status=status)


def _may_be_kept(post: Post) -> bool:
    """In the tab: nothing about somebody in danger, no note of the office, nothing by a shielded author."""
    return not (post.thread.is_held or post.office_only or post.byline == Byline.SHIELDED)


@door("GET", "HEAD", "POST")
def withdraw(request: HttpRequest, post_id: str) -> HttpResponse:
    person = person_of(request)
    found = visible_post(person, post_id)
    form = WithdrawForm(request.POST or None)
    back = address_of_thread(found.thread, post_id=found.public_id)
    if sent(form, lambda: withdraw_post(found, by=person, key=form.cleaned_data["key"])):
        return redirect(back)
    context = {"post": found, "form": form, "back": back, "may_withdraw": can_withdraw(person, found)}
    return render(request, "rooms/withdraw.html", context, status=form.status if form.errors else 200)


@door("POST")
def react(request: HttpRequest, post_id: str) -> HttpResponse:
    person = person_of(request)
    found = visible_post(person, post_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        return refused_button(request, form)
    react_to(found, by=person, **form.wish(post_id))
    return onward(request, address_of_thread(found.thread, post_id=post_id))


@door("POST")
def read(request: HttpRequest, thread_id: str) -> HttpResponse:
    person = person_of(request)
    thread = visible_thread(person, thread_id)
    form = ReadForm(request.POST)
    if not form.is_valid():
        return refused_button(request, form)
    mark_read(thread, by=person, position=form.cleaned_data["position"])
    return onward(request, address_of_thread(thread))


@door("GET", "HEAD")
def revisions(request: HttpRequest, post_id: str) -> HttpResponse:
    found = visible_post(person_of(request), post_id)
    if not found.is_told:
        raise not_found()
    context = {"post": found, "revisions": revisions_of(found)}
    context["back"] = address_of_thread(found.thread, post_id=found.public_id)
    return render(request, "rooms/revisions.html", context)
