from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "dialogue.issues"
    label = "issues"
