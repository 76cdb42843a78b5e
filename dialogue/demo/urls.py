from django.urls import path

from dialogue.demo import mail_views, views

app_name = "demo"
urlpatterns = [
    path("enter/", views.enter, name="enter"),
    path("mail/", mail_views.mail, name="mail"),
    path("mail/digest/", mail_views.send_digest, name="send_digest"),
    path("mail/<slug:name>/", mail_views.mail_as_html, name="mail_as_html"),
]
