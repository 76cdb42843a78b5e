from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dialogue.accounts"
    label = "accounts"
    verbose_name = "Accounts"
