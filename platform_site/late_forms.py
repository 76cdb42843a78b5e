"""A form that waited for a lock while its person was signed out writes nothing (decision 0026)."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from dialogue.accounts.models import User
from dialogue.accounts.queries import people_by_id, version_in_session
from dialogue.journal.guards import guarded
from dialogue.organisations.sign_in import lacks_second_factor
from dialogue.rooms.views.doors import signed_out


class SessionEnded(Exception):
    """The session this form came from ended meanwhile, or its person may not be signed in any more."""


class StillSignedIn(MiddlewareMixin):
    """After AuthenticationMiddleware. Only acts ask, so a page that does nothing pays nothing."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self.async_mode:
            return self.__acall__(request)  # type: ignore[return-value]
        with _guarding(request):
            return self.get_response(request)  # type: ignore[return-value]

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        with _guarding(request):
            return await self.get_response(request)  # type: ignore[misc, no-any-return]

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, SessionEnded):
            return None
        return signed_out(request, status=HTTPStatus.FORBIDDEN)


def _guarding(request: HttpRequest) -> AbstractContextManager[None]:
    person, key = request.user, request.session.session_key
    if request.method != "POST" or not person.is_authenticated or key is None:
        return nullcontext()
    return guarded(partial(_refuse_signed_out, key, person))


def _refuse_signed_out(key: str, person: User) -> None:
    """Nobody signs out between this and the end of the act: the row of the session is held."""
    version = version_in_session(key, person.pk, hold=True)
    if version is None:
        raise SessionEnded
    # Another device that signed out moves it, too. What a role allowed is read anew by the act itself.
    if version != person.auth_version and lacks_second_factor(people_by_id([person.pk])[person.pk]):
        raise SessionEnded
