"""«Enter as»: one press instead of a password, in the demonstration only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dialogue.accounts.queries import person_by_email
from dialogue.demo.door import in_the_demonstration
from dialogue.demo.roles import DEMO_ROLES, demo_address


@in_the_demonstration
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo role."""
    role = request.POST.get("role", "")
    if role not in DEMO_ROLES:
        raise Http404
    person = person_by_email(demo_address(role))
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = settings.LOGIN_REDIRECT_URL
    return HttpResponseRedirect(target)
