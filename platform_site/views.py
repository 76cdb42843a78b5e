"""Pages of the house itself."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

# Never shown again on the page that keeps what a person typed.
SECRETS = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
HIDDEN = ("key", "next", "role", "language", "version")


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """The landing page for visitors; who is signed in goes on to what is asked of them."""
    if request.user.is_authenticated:
        return redirect("issues:home")
    return render(request, "landing.html", {"formal_channels": settings.FORMAL_CHANNELS})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /accounts/\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be understood, or was too large to be read (B36, B54)."""
    if isinstance(exception, RequestDataTooBig):
        # Refused unread, but everything before the body was understood: who it is, and in which language.
        return render(request, "413.html", status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere: nothing was done, and the text is kept."""
    typed = [(name, text) for name, text in request.POST.items() if name not in SECRETS and text]
    context = {
        "kept": [field for field in typed if field[0] not in HIDDEN],
        "kept_hidden": [field for field in typed if field[0] in HIDDEN],
        # A form of another site must not get a button that sends it with our token.
        "action_url": request.path if _is_from_here(request) else "",
    }
    return render(request, "403_csrf.html", context, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"
