from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "dialogue.realtime"
    label = "realtime"
    verbose_name = "Realtime"

    def ready(self) -> None:
        from dialogue.journal import bells
        from dialogue.realtime import process

        bells.listen(process.ring)
        bells.listen_for_kicks(process.kick)
