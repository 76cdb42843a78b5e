from django.urls import path

from dialogue.rooms.views import posts, raising, rooms, triage

app_name = "rooms"
urlpatterns = [
    path("rooms/", rooms.room_list, name="list"),
    path("rooms/<slug:slug>/", rooms.room, name="room"),
    path("rooms/<slug:slug>/raise/", raising.raise_concern, name="raise"),
    path("rooms/<slug:slug>/threads/<slug:thread_id>/", rooms.thread, name="thread"),
    path("threads/<slug:thread_id>/posts/", posts.post, name="post"),
    path("threads/<slug:thread_id>/read/", posts.read, name="read"),
    path("threads/<slug:thread_id>/triage/<slug:verb>/", triage.move, name="triage"),
    path("posts/<slug:post_id>/edit/", posts.edit, name="edit"),
    path("posts/<slug:post_id>/withdraw/", posts.withdraw, name="withdraw"),
    path("posts/<slug:post_id>/react/", posts.react, name="react"),
    path("posts/<slug:post_id>/revisions/", posts.revisions, name="revisions"),
]
