from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dialogue.journal"
    label = "journal"
    verbose_name = "Journal"
