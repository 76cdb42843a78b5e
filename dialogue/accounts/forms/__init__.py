"""``language`` is the switch; ``newcomers`` and ``entrance`` stand in allauth's pages.

Nothing is imported here: allauth loads ``newcomers`` while it makes the forms that ``entrance`` builds on.
"""
