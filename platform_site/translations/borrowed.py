"""Sentences of other people's packages that we translate because they did not.

Kazakh is incomplete in Django and missing in django-allauth. A sentence named here stays in
``platform_site/locale`` although no source of ours contains it. Kazakh is required for it;
Russian and English may stay empty, and then the package's own catalogue answers.
A plural is a pair (singular, plural).
"""

BORROWED: tuple[str | tuple[str, str], ...] = ()

# (context, sentence), for what the package marks with pgettext.
BORROWED_WITH_CONTEXT: tuple[tuple[str, str], ...] = ()
