"""Organisations, who speaks for them, and the invitations that lead there."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User, new_public_id
from dialogue.taxonomy.models import DutyBearer


class Kind(models.TextChoices):
    NGO = "ngo", _("non-governmental organisation")
    OFFICE = "office", _("the Ombudsperson's office")
    AUTHORITY = "authority", _("authority")
    OBSERVER = "observer", _("observer")


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    LEAD = "lead", _("lead of the organisation")
    MODERATOR = "moderator", _("moderator")
    OFFICER = "officer", _("case officer")
    APPROVER = "approver", _("approver")
    SAFETY = "safety", _("safety officer")
    AUTHORITY = "authority", _("authority contact")
    OBSERVER = "observer", _("observer")
    DATA_OFFICER = "data_officer", _("data officer")
    ADMIN = "admin", _("administrator of accounts")


# A role means nothing in an organisation of another kind: an NGO has no moderators.
ROLES_OF: dict[Kind, tuple[Role, ...]] = {
    Kind.NGO: (Role.MEMBER, Role.LEAD),
    Kind.OFFICE: (
        *(Role.MODERATOR, Role.OFFICER, Role.APPROVER, Role.SAFETY),
        *(Role.DATA_OFFICER, Role.ADMIN),
    ),
    Kind.AUTHORITY: (Role.AUTHORITY,),
    Kind.OBSERVER: (Role.OBSERVER,),
}


class Organisation(models.Model):
    """Its delegates count only while it is verified and not suspended."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name of the organisation"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    duty_bearer = models.ForeignKey(
        DutyBearer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kind of duty bearer"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)

    objects: ClassVar[models.Manager["Organisation"]] = models.Manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_good_standing(self) -> bool:
        return self.verified_at is not None and self.suspended_at is None


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def valid(self, now: datetime) -> "DelegationQuerySet":
        """Those that open something at this moment."""
        lasting = Q(until=None) | Q(until__gt=now)
        return self.filter(
            lasting,
            ended_at=None,
            organisation__verified_at__isnull=False,
            organisation__suspended_at=None,
            person__is_active=True,
        )


class Delegation(models.Model):
    """A person speaks for an organisation in one role, until it ends. Never deleted, only ended."""

    person = models.ForeignKey(User, models.PROTECT, related_name="delegations", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="delegations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=Q(ended_at=None),
                name="organisations_one_open_delegation",
            ),
        )

    def __str__(self) -> str:
        return self.role


class Invitation(models.Model):
    """A link for one address, once. Only a digest is kept: who reads the table cannot use it."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=12, choices=Role.choices)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True)
    redeemed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.role

    def is_open(self, now: datetime) -> bool:
        unused = self.redeemed_at is None and self.revoked_at is None
        return unused and now < self.expires_at
