from django.urls import path

from dialogue.issues.views import board, escalation

app_name = "issues"
urlpatterns = [
    path("triage/", board.board, name="board"),
    path("threads/<slug:thread_id>/escalate/", escalation.escalate, name="escalate"),
]
