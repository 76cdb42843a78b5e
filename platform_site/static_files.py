"""How long a browser may keep a static file."""

from wsgiref.headers import Headers

FOR_EVER = "max-age=31536000, public, immutable"


def keep_hashed_files(headers: Headers, _path: str, url: str) -> None:
    """Built files carry a hash of their content in their name: they never change, so nobody asks again.

    ``SERVESTATIC_IMMUTABLE_FILE_TEST`` would be the setting for it, but the middleware does not read it.
    """
    if "/assets/" in url:
        headers["Cache-Control"] = FOR_EVER
