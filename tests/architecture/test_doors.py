"""Every way in and out of the house is one door, and it is the reviewed one."""

import pytest

from tests.architecture import page_doors, python_doors
from tests.architecture.faults import assert_none
from tests.architecture.sources import Source, sources


@pytest.mark.parametrize("check", python_doors.PYTHON_CHECKS, ids=lambda check: check.__name__)
def test_python_keeps_to_the_doors(check: python_doors.Check) -> None:
    assert_none(fault for each in sources("dialogue", "platform_site", ending=".py") for fault in check(each))


def test_templates_keep_to_the_doors() -> None:
    files = sources("dialogue", "platform_site", ending=".html")
    assert_none(fault for each in files for fault in page_doors.template_faults(each))


def test_scripts_keep_to_the_doors() -> None:
    assert_none(
        fault for each in sources("frontend/src", ending=".ts") for fault in page_doors.script_faults(each)
    )


BROKEN = [
    (python_doors.write_faults, "dialogue/rooms/views.py", "thread.save()"),
    (python_doors.write_faults, "dialogue/rooms/views/posts.py", "room.threads.create(title=title)"),
    (python_doors.write_faults, "dialogue/realtime/consumers.py", "await posts.aupdate(hidden_at=now)"),
    (
        python_doors.manager_faults,
        "dialogue/issues/queries.py",
        "from dialogue.rooms.models import Thread\nThread.objects.all()",
    ),
    (
        python_doors.manager_faults,
        "dialogue/issues/queries.py",
        "from dialogue.rooms import models as rooms\nrooms.Thread.objects.all()",
    ),
    (python_doors.manager_faults, "dialogue/rooms/queries.py", "get_user_model().objects.all()"),
    (python_doors.trust_faults, "dialogue/rooms/views.py", "from django.utils.safestring import mark_safe"),
    (python_doors.trust_faults, "dialogue/rooms/views.py", "safestring.mark_safe(body)"),
    (python_doors.hook_faults, "dialogue/rooms/actions.py", "transaction.on_commit(ring)"),
    (python_doors.role_faults, "dialogue/rooms/views.py", "if delegation.role == 'officer':\n    pass"),
    (python_doors.role_faults, "dialogue/rooms/actions.py", "ok = mine in {Role.LEAD, Role.OFFICER}"),
    (python_doors.role_faults, "dialogue/digests/selection.py", "people.filter(delegations__role=wanted)"),
    (python_doors.request_faults, "dialogue/rooms/views.py", "threads.filter(**request.GET.dict())"),
    (python_doors.request_faults, "dialogue/rooms/views.py", "threads.exclude(**dict(self.request.POST))"),
    (python_doors.print_faults, "dialogue/rooms/actions.py", "print(body)"),
    (python_doors.log_faults, "dialogue/rooms/actions.py", "logger.info('posted', body=body)"),
    (python_doors.log_faults, "dialogue/rooms/actions.py", "log.warning('refused %s', post.title)"),
    (python_doors.log_faults, "dialogue/rooms/actions.py", "logger.info(f'posted {post}')"),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/post.html", "<p>{{ body|safe }}</p>"),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/post.html", "{% autoescape off %}"),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/post.html", "<script>go()</script>"),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/post.html", "<p\n style='color:red'>"),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/post.html", "<style>p{}</style>"),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/post.html", '<a href="#" onclick="go()">'),
    (page_doors.script_faults, "frontend/src/rooms/post.ts", "row.innerHTML = html;"),
    (page_doors.script_faults, "frontend/src/rooms/post.ts", "row.insertAdjacentHTML('beforeend', html);"),
]


@pytest.mark.parametrize(("check", "path", "code"), BROKEN)
def test_a_way_round_a_door_is_found(check: python_doors.Check, path: str, code: str) -> None:
    assert list(check(Source(path, code)))


FINE = [
    (python_doors.write_faults, "dialogue/rooms/actions.py", "thread.save()"),
    (python_doors.write_faults, "dialogue/rooms/views.py", "actions.post(thread, by=user, body=body)"),
    (
        python_doors.manager_faults,
        "dialogue/rooms/queries.py",
        "from dialogue.rooms.models import Thread\nThread.objects.all()",
    ),
    (python_doors.manager_faults, "dialogue/rooms/models.py", "objects = ThreadQuerySet.as_manager()"),
    (python_doors.trust_faults, "dialogue/text/markdown.py", "mark_safe(html)"),
    (python_doors.hook_faults, "dialogue/journal/bells.py", "transaction.on_commit(ring)"),
    (python_doors.role_faults, "dialogue/rooms/access.py", "delegation.role == Role.OFFICER"),
    (python_doors.role_faults, "dialogue/rooms/actions.py", "seat(user, role=Role.OFFICER)"),
    (
        python_doors.request_faults,
        "dialogue/rooms/views.py",
        "threads.filter(state=form.state)",
    ),
    (
        python_doors.log_faults,
        "dialogue/rooms/actions.py",
        "logger.info('post.added', stream=stream.name)",
    ),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/x.html", '<script src="{{ a }}"></script>'),
    (page_doors.template_faults, "dialogue/rooms/templates/rooms/x.html", "{# never |safe #}"),
    (page_doors.template_faults, "dialogue/digests/templates/digests/mail/week.html", '<p style="margin:0">'),
    (page_doors.script_faults, "frontend/src/rooms/post.ts", "// innerHTML = never\nrow.append(text);"),
]


@pytest.mark.parametrize(("check", "path", "code"), FINE)
def test_what_is_right_is_left_alone(check: python_doors.Check, path: str, code: str) -> None:
    assert not list(check(Source(path, code)))
