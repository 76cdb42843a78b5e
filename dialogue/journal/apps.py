from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dialogue.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from dialogue.accounts.actions import watch_auth_versions
        from dialogue.journal import bells

        watch_auth_versions(bells.kick_on_commit)
