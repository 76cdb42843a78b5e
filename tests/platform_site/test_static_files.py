"""A phone on a weak link fetches fonts and styles once."""

from wsgiref.headers import Headers

from platform_site.static_files import FOR_EVER, keep_hashed_files


def kept(url: str) -> str | None:
    headers = Headers([("Cache-Control", "max-age=60, public")])
    keep_hashed_files(headers, "/anywhere", url)
    return headers["Cache-Control"]


def test_files_with_a_hash_are_kept_for_ever() -> None:
    assert kept("/static/assets/site-DUVgFvN8.css") == FOR_EVER


def test_files_whose_name_stays_are_asked_for_again() -> None:
    assert kept("/static/icons.svg") == "max-age=60, public"
