"""What every page sends, and the one kind of thing that every page takes."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
# What a browser kept of somebody who signed out: "back" and drafts on a shared computer.
FORGET = '"cache", "storage"'


class FormsOnly(MiddlewareMixin):
    """No page reads anything else: JSON that looks like a form would get past what forms refuse (B35)."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method == "POST" and request.content_type not in FORM_TYPES:
            return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        return None


class PrivateByDefault(MiddlewareMixin):
    """Nothing is cached unless a view says so: shared computers and proxies keep no copy."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name == "account_logout":
            response.headers["Clear-Site-Data"] = FORGET
        return response
