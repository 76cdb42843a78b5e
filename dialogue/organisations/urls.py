from django.urls import path

from dialogue.organisations import views

app_name = "organisations"
urlpatterns = [
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("organisations/<slug:slug>/invite/", views.invite_person, name="invite"),
]
