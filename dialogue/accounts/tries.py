"""Pages behind a word that only a mail tells: whoever guesses is stopped, whoever knows it never is counted.

Mail programs of one provider come from few addresses, so only misses count.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]
GONE = 410


def few_misses(action: str) -> Callable[[View[Rest]], View[Rest]]:
    """``action`` is the limit's name in ``ACCOUNT_RATE_LIMITS``."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not _may_try(request, action, is_miss=False):
                refused: HttpResponseBase = ratelimit.respond_429(request)
                return refused
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                _may_try(request, action, is_miss=True)
                raise
            if response.status_code == GONE:
                _may_try(request, action, is_miss=True)
            return response

        return guarded

    return guard


def _may_try(request: HttpRequest, action: str, *, is_miss: bool) -> bool:
    """While nobody can count, everybody may: nobody guesses 256 bits (decision 0018)."""
    # The public function of allauth never counts GET.
    limit = {"app": "allauth.account", "action": action, "limit_get": True}
    try:
        return bool(ratelimit.consume(request, dry_run=not is_miss, **limit))
    except RedisError:
        return True
