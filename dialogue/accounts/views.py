"""The language switch: a form that works without script, for visitors and for people with accounts."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dialogue.accounts.actions import choose_language
from dialogue.accounts.forms.language import LanguageForm
from dialogue.text.languages import Language
from dialogue.text.onward import onward_address


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the choice in a cookie, and on the account of whoever is signed in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise BadRequest(form.first_error)
    chosen = Language(form.cleaned_data["language"])
    if request.user.is_authenticated:
        choose_language(by=request.user, language=chosen)
    response = HttpResponseRedirect(onward_address(request, request.POST.get("next", "")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=not settings.DEMO,
    )
    return response
