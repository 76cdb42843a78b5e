from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "dialogue.realtime"
    label = "realtime"
    verbose_name = "Realtime"
