"""Sentences of other people's packages that we translate because they did not.

Kazakh is incomplete in Django and missing in django-allauth. A sentence named here stays in
``platform_site/locale`` although no source of ours contains it. Kazakh is required for it;
Russian and English may stay empty, and then the package's own catalogue answers.
A plural is a pair (singular, plural).
"""

BORROWED: tuple[str | tuple[str, str], ...] = (
    # Django: what is wrong with a field
    "Enter a valid email address.",
    "Enter a valid UUID.",
    "Enter a complete value.",
    "Null characters are not allowed.",
    "(Hidden field %(name)s) %(error)s",
    (
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    # Django: passwords
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    (
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    "The password is too similar to the %(verbose_name)s.",
    "Your password can’t be too similar to your other personal information.",
    "This password is too common.",
    "Your password can’t be a commonly used password.",
    "This password is entirely numeric.",
    "Your password can’t be entirely numeric.",
    # allauth: refusals
    "You must type the same password each time.",
    "This account is currently inactive.",
    "You cannot remove your primary email address.",
    "This email address is already associated with this account.",
    "The email address and/or password you specified are not correct.",
    "A user is already registered with this email address.",
    "Please type your current password.",
    "Incorrect password.",
    "Invalid or expired key.",
    "Invalid login.",
    "The password reset token was invalid.",
    "You cannot add more than %d email addresses.",
    "Too many failed login attempts. Try again later.",
    "The email address is not assigned to any user account.",
    "Your primary email address must be verified.",
    "The new value must be different from the current one.",
    "Be patient, you are sending too many requests.",
    "Use your password",
)

# (context, sentence), for what the package marks with pgettext.
BORROWED_WITH_CONTEXT: tuple[tuple[str, str], ...] = ()
