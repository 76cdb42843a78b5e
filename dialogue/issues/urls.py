from django.urls import path

from dialogue.issues.views import acts, board, escalation, home, issue

app_name = "issues"
urlpatterns = [
    path("triage/", board.board, name="board"),
    path("threads/<slug:thread_id>/escalate/", escalation.escalate, name="escalate"),
    path("home/", home.home, name="home"),
    path("unread/", home.unread, name="unread"),
    path("to-sign/", home.to_sign, name="to_sign"),
    path("addressed/", home.addressed, name="addressed"),
    path("issues/", issue.issue_list, name="list"),
    path("issues/<slug:reference>/", issue.issue, name="issue"),
    path("issues/<slug:reference>/follow/", acts.follow, name="follow"),
    path("issues/<slug:reference>/<slug:verb>/", acts.act, name="act"),
    path("recommendations/<slug:recommendation_id>/<slug:verb>/", acts.step, name="step"),
]
