"""Pages come in the language the person chose, on every device they sign in on."""

from django.http import HttpRequest
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin


class ReaderLanguage(MiddlewareMixin):
    """After LocaleMiddleware: a signed-in person's own choice wins over cookie and browser."""

    def process_request(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
