"""Is this process alive, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from dialogue.realtime.process import is_hearing_others


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. No database: a slow one must not get healthy processes restarted."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process reaches its database; 503 where it does not.

    ``rings`` says whether it hears the other processes. Deaf it still serves, some seconds later, so
    that is for whoever watches and no reason to take it out: with Redis gone all would go.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": False, "rings": is_hearing_others()}, status=503)
    return JsonResponse({"database": True, "rings": is_hearing_others()})
