"""Django lets a block stand in one place only; a page's title is its heading, too.

In a template that pages extend: ``{% load blocks %}``, then ``<h1>{% again "title" %}</h1>``.
"""

from django.template import Library, RequestContext, TemplateSyntaxError
from django.template.loader_tags import BLOCK_CONTEXT_KEY

register = Library()


@register.simple_tag(takes_context=True)
def again(context: RequestContext, name: str) -> str:
    """What the page put into this block, a second time."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    if block is None:
        raise TemplateSyntaxError(f"no block is called {name}")
    said: str = block.nodelist.render(context)
    return said
