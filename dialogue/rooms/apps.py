from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "dialogue.rooms"
    label = "rooms"
