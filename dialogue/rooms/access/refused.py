"""One answer for missing and not for you: nothing may tell them apart."""

from django.utils.translation import gettext_lazy as _

from dialogue.text.refusals import NotFound


def not_found() -> NotFound:
    return NotFound("not_found", _("This does not exist, or it is not open to you."))
