"""A session that began without power must not go on with it."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from dialogue.organisations.sign_in import lacks_second_factor


class NoPowerOnAPasswordAlone(MiddlewareMixin):
    """After AuthenticationMiddleware: who joined the office while signed in is asked anew."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.user.is_authenticated and lacks_second_factor(request.user):
            logout(request)
            return render(request, "organisations/second_factor_missing.html", status=403)
        return None
