"""Mail that must still leave the house, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNCERTAIN = "uncertain", _("perhaps sent")


class OutgoingMail(models.Model):
    """One mail to one recipient.

    ``uncertain``: the server may have taken it, so only a person may decide to send it again.
    ``message_id`` is given once, so that every attempt is the same mail to its recipient.
    """

    recipient = models.CharField(_("recipient"), max_length=320)
    subject = models.CharField(_("subject"), max_length=900)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    sender = models.CharField(_("sender"), max_length=320)
    headers = models.JSONField(default=dict, blank=True)
    dedupe_key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    message_id = models.CharField(max_length=320, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"))
    leased_until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(_("written"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    failure = models.CharField(_("reason"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
