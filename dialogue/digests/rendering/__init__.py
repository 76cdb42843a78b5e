"""The mail: a text part first and an HTML part, in the reader's language."""

import mrml
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue.digests.models import Subscription
from dialogue.digests.rendering.sections import address_of, headline_of, sections_of, week_of
from dialogue.digests.selection.news import Digest
from dialogue.digests.tokens import token_of
from dialogue.outbox.actions import Letter


def compose(digest: Digest, subscription: Subscription) -> Letter:
    """Call it in the reader's language. The subject never says what it is about."""
    unsubscribe = address_of(f"{reverse('digests:unsubscribe')}?token={token_of(subscription)}")
    context = {
        "language": get_language(),
        "week": week_of(digest),
        "is_private": subscription.is_private,
        "headline": "" if subscription.is_private else headline_of(digest),
        "sections": [] if subscription.is_private else sections_of(digest),
        "sign_in_url": address_of(reverse("account_login")),
        "settings_url": address_of(reverse("digests:settings")),
        "unsubscribe_url": unsubscribe,
    }
    return Letter(
        subject=_("Your weekly digest"),
        text=render_to_string("digests/mail/digest.txt", context).strip() + "\n",
        html=mrml.to_html(render_to_string("digests/mail/digest.mjml", context)).content,
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
