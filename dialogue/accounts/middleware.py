"""Pages in the language a person chose; allauth's pages as strict as our own."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from dialogue.text.forms import StrictForm, refuse_strange

ALLAUTH: Final = "account_"
METHODS: Final = ("GET", "HEAD", "POST")
# Pages of allauth that read what was sent without a form of theirs, and what their buttons send.
BUTTONS: Final = {
    "account_logout": frozenset[str](),
    "account_confirm_email": frozenset[str](),
    "account_email": frozenset({"email", "action_primary", "action_send", "action_remove"}),
}


class ReaderLanguage(MiddlewareMixin):
    """After LocaleMiddleware: a signed-in person's own choice wins over cookie and browser."""

    def process_request(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language


class StrictEntrance(MiddlewareMixin):
    """What ``ACCOUNT_FORMS`` cannot reach: buttons without a form, methods, and the answer's number."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = str(request.resolver_match.url_name) if request.resolver_match else ""
        if not name.startswith(ALLAUTH):
            return None
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        # A new address is typed into a form, which keeps it.
        if request.method == "POST" and name in BUTTONS and "action_add" not in request.POST:
            refuse_strange(request.POST, fields=BUTTONS[name])
        return None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """allauth shows a refused form with 200; a damaged one is 400, as everywhere."""
        form = (response.context_data or {}).get("form")
        if isinstance(form, StrictForm) and form.is_bound and form.status == HTTPStatus.BAD_REQUEST:
            response.status_code = form.status
        return response
