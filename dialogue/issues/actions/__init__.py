"""``escalation`` makes an issue of a thread; ``moving``, ``assignment``, ``wording``, ``notes`` carry it;
``recommendations`` are drafted and signed, ``replies`` come back; ``following`` is everybody's own.

Every act is keyword after the first argument, takes ``by`` and ``key``, and returns ``journal.acts.Done``,
whose ``thing`` is the issue's reference or the recommendation's public id.
"""
