"""The language switch: a form that works without script, for visitors and for people with accounts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dialogue.accounts.actions import choose_language
from dialogue.accounts.forms import LanguageForm
from dialogue.text.languages import Language


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the choice in a cookie, and on the account of whoever is signed in."""
    form = LanguageForm(request.POST)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if form.is_valid():
        chosen = Language(form.cleaned_data["language"])
        if request.user.is_authenticated:
            choose_language(by=request.user, language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=not settings.DEMO,
        )
    return response
