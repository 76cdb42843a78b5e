"""The browser of the machine, for Playwright."""

import os

from platform_site.bootstrap import servers


def find_chromium() -> str:
    found = servers.find_chromium()
    if found is None:
        raise RuntimeError("Chromium is not installed (Debian: apt install chromium)")
    return str(found)


def chromium_arguments() -> list[str]:
    """For ``browser_type.launch(executable_path=find_chromium(), args=…)``."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet
