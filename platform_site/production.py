"""What production refuses to start with."""

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe_production(
    *,
    secret_key: str,
    default_secret_key: str,
    allowed_hosts: Sequence[str],
    debug: bool,
    public_address: str,
) -> None:
    """Stop at the first setting that would leave people unprotected, and say what to set."""
    if secret_key == default_secret_key or len(secret_key) < 40:
        raise ImproperlyConfigured("Production needs SECRET_KEY: at least 40 random characters.")
    if not allowed_hosts or "*" in allowed_hosts:
        raise ImproperlyConfigured("Production needs ALLOWED_HOSTS: the exact host names, no '*'.")
    if debug:
        raise ImproperlyConfigured("Production refuses DEBUG: error pages would show what people wrote.")
    if not public_address.startswith("https://"):
        raise ImproperlyConfigured("Production needs PUBLIC_ADDRESS: https:// and the host name.")
