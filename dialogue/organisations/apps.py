from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "dialogue.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from allauth.account.signals import user_signed_up

        from dialogue.organisations.sign_in import redeem_stashed_invitation

        user_signed_up.connect(redeem_stashed_invitation, dispatch_uid="organisations.redeem")
