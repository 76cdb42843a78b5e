"""The one place where HTML made from people's words enters a page (a test greps for others).

Templates ``{% load prose %}``, then ``{{ post.body|prose }}`` or ``{{ revision.html|rendered }}``.
"""

from django import template
from django.utils.safestring import SafeString, mark_safe

from dialogue.text import markdown

register = template.Library()


@register.filter
def prose(body: str) -> SafeString:
    """The source a person typed, rendered now."""
    return mark_safe(markdown.render(body))  # noqa: S308 — this is the reviewed door


@register.filter
def rendered(html: str) -> SafeString:
    """HTML that ``markdown.render`` wrote earlier and the database kept.

    It passes the allow-list once more: a stored string cannot prove where it came from, a
    type would be lost on the way through the column, and the pass costs under a millisecond.
    """
    return mark_safe(markdown.clean_html(html))  # noqa: S308 — this is the reviewed door
