from django.urls import path

from dialogue.realtime import polling

app_name = "realtime"
urlpatterns = [path("streams/<str:name>/entries", polling.entries, name="entries")]
