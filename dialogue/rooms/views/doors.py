"""What every page of the rooms does before and after: who is it, which method, what a refusal becomes."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dialogue.accounts.models import User
from dialogue.organisations.standing import one_look
from dialogue.text.forms import StrictForm
from dialogue.text.onward import is_ours, onward_address
from dialogue.text.refusals import Conflict, Forbidden, NotFound, Refusal

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]

WRITTEN = ("title", "body", "note", "reason")


def door(*methods: str) -> Callable[[View[Rest]], View[Rest]]:
    """Signed-in people, these methods; what a view does not answer itself becomes a page."""

    def hang(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return signed_out(request, status=HTTPStatus.UNAUTHORIZED)
            # An act looks anew, under its lock.
            with one_look():
                try:
                    return view(request, *args, **kwargs)
                except Refusal as refusal:
                    return refused(request, refusal)

        guarded: View[Rest] = require_http_methods(list(methods))(opened)
        return guarded

    return hang


def signed_out(request: HttpRequest, *, status: HTTPStatus) -> HttpResponse:
    """The way in again; a text somebody typed is shown once more before that, to be copied."""
    kept = written_in(request)
    if not kept:
        return redirect_to_login(request.get_full_path())
    came_from = request.headers.get("Referer", "")
    context = {"kept": kept, "back": came_from if is_ours(request, came_from) else ""}
    return render(request, "signed_out.html", context, status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Missing and not yours look alike; a text somebody typed is shown once more, to be copied."""
    kept = written_in(request)
    if isinstance(refusal, NotFound) and not kept:
        raise Http404
    context = {"sentence": refusal.sentence, "kept": kept}
    return render(request, "rooms/refused.html", context, status=status_of(refusal))


def written_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and texts of what a person typed into the form that was sent."""
    typed = ((name, request.POST.get(name, "")) for name in request.POST)
    return [(name, text) for name, text in typed if text and _is_written(name, text)]


def _is_written(name: str, text: str) -> bool:
    """By a person, as opposed to what a page put into its form: keys, codes and ids have no spaces."""
    return name in WRITTEN or " " in text.strip()


def refused_button(request: HttpRequest, form: StrictForm) -> HttpResponse:
    """A button has no page of its own to say it on."""
    return render(request, "rooms/refused.html", {"sentence": form.first_error}, status=form.status)


def status_of(refusal: Refusal) -> HTTPStatus:
    known = {
        NotFound: HTTPStatus.NOT_FOUND,
        Forbidden: HTTPStatus.FORBIDDEN,
        Conflict: HTTPStatus.CONFLICT,
    }
    return known.get(type(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)


def sent(form: StrictForm, act: Callable[[], Answer]) -> Answer | None:
    """What the act answered. None where it did nothing: the form then says why, beside its field.

    What is missing or not theirs is no fault of what was typed, and becomes a page of its own.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def person_of(request: HttpRequest) -> User:
    """Behind the door somebody is signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def onward(request: HttpRequest, default: str) -> HttpResponse:
    """Where the form wanted to go, if that is a page of ours."""
    return HttpResponseRedirect(onward_address(request, request.POST.get("next") or default))
