"""«Enter as»: one press instead of a password, in the demonstration only."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dialogue.accounts.queries import person_by_email
from dialogue.demo.door import in_the_demonstration
from dialogue.demo.roles import DEMO_ROLES, demo_address
from dialogue.text.forms import refuse_strange
from dialogue.text.onward import onward_address


@in_the_demonstration
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo role."""
    refuse_strange(request.POST, fields={"role"})
    role = request.POST.get("role", "")
    person = person_by_email(demo_address(role)) if role in DEMO_ROLES else None
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(onward_address(request, request.POST.get("next", "")))
