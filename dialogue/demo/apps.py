from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "dialogue.demo"
    label = "demo"
