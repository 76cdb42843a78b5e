from django.apps import AppConfig


class PlatformSiteConfig(AppConfig):
    name = "platform_site"
    label = "platform_site"
