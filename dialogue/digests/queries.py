"""What the operator and the reader are told about editions."""

from dialogue.accounts.models import User
from dialogue.digests.models import Edition, Subscription
from dialogue.outbox.models import MailState


def uncertain_editions() -> list[Edition]:
    """Perhaps sent: a person looks and decides, nothing sends them again by itself."""
    rows = Edition.objects.filter(mail__state=MailState.UNCERTAIN).select_related("mail")
    return list(rows.order_by("-cut_at"))


def last_mailed(person: User) -> Edition | None:
    """The newest edition that went to the outbox."""
    return Edition.objects.filter(person=person, mail__isnull=False).select_related("mail").first()


def subscription_of(person: User) -> Subscription | None:
    """None for who never chose: then the digest comes every week."""
    return Subscription.objects.filter(person=person).first()
