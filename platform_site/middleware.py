"""Headers that every private page needs."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

# What a browser kept of somebody who signed out: "back" and drafts on a shared computer.
FORGET = '"cache", "storage"'


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
