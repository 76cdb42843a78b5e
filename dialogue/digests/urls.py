from django.urls import path

from dialogue.digests import views

app_name = "digests"
urlpatterns = [
    path("account/digest/", views.settings, name="settings"),
    path("digest/unsubscribe/", views.Unsubscribe.as_view(), name="unsubscribe"),
    path("digest/unsubscribe/undo/", views.resubscribe, name="resubscribe"),
]
