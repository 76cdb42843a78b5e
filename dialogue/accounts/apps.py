from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dialogue.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from dialogue.accounts import sessions

        sessions.listen()
