from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from platform_site import health, views

# The admin has no door of its own: whoever the sign-in page refuses is refused here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "platform_site.views.bad_request"
urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("", include("dialogue.accounts.urls")),
    path("", include("dialogue.organisations.urls")),
    path("", include("dialogue.rooms.urls")),
    path("", include("dialogue.issues.urls")),
    path("", include("dialogue.digests.urls")),
    path("", include("dialogue.realtime.urls")),
    path("demo/", include("dialogue.demo.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
]
