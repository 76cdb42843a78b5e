"""Where a form or a link wants to lead: to a page of ours, or to the first one (B45)."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})


def onward_address(request: HttpRequest, wanted: str) -> str:
    """What a form or a link named, or the first page where that is somebody else's."""
    return wanted if is_ours(request, wanted) else str(settings.LOGIN_REDIRECT_URL)
