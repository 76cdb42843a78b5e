"""Catalogues of the three languages: collected, compiled and checked without a system gettext."""
