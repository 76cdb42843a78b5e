"""What every page sends, and the one kind of thing that every page takes."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from redis.exceptions import RedisError

PLAIN: Final = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*", re.IGNORECASE)
# Django's admin asks itself in words like name__exact; polling refuses in the words of its own wire.
ASKED_OTHERWISE: Final = frozenset({"admin", "realtime"})
# No page here is put in another order by what its address says.
ORDERING: Final = frozenset({"order", "order_by", "ordering", "sort", "sort_by"})
FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
# What a browser kept of somebody who signed out: "back" and drafts on a shared computer.
FORGET = '"cache", "storage"'

log = structlog.get_logger(__name__)


class FormsOnly(MiddlewareMixin):
    """No page reads anything else: JSON that looks like a form would get past what forms refuse (B35)."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method == "POST" and request.content_type not in FORM_TYPES:
            return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        return None


class PlainQuestions(MiddlewareMixin):
    """Of an address: each name once (B40), and none that reaches for a query's inside (B42, T50).

    Other plain names are passed over: links that people share come back with names of other sites.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or ASKED_OTHERWISE & set(match.namespaces):
            return None
        if any(
            len(said) > 1 or name in ORDERING or not PLAIN.fullmatch(name)
            for name, said in request.GET.lists()
        ):
            raise BadRequest("bad_query")
        return None


class ClosedWhileNobodyCounts(MiddlewareMixin):
    """Without Redis nobody counts tries, so what they guard stays shut (T20, decision 0018)."""

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, RedisError):
            return None
        log.error("cache.unreachable", exception_type=type(fault).__name__)
        response = render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = "60"
        return response


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
