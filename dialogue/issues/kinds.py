"""What the journal says about issues, in the past tense. Entries carry ids and codes, never prose.

``issue:<reference>`` is heard by everyone who may see the issue's common part, so nothing there tells
of threads, drafts or notes of the office: those stand in ``issue:<reference>:office``, with ``after``.
"""

ISSUE_REGISTERED = "issue.registered"  # it exists and has its number
ISSUE_ESCALATED = "issue.escalated"  # office: out of which thread, with how many exhibits
ISSUE_RETURNED = "issue.returned"  # office: the officer gave a thread back to triage
ISSUE_MOVED = "issue.moved"  # another state, or the ball in other hands
ISSUE_ASSIGNED = "issue.assigned"  # who leads it now
ISSUE_REWORDED = "issue.reworded"  # the common part was written anew, in one language
ISSUE_PLANNED = "issue.planned"  # the next step and its day
ISSUE_NOTED = "issue.noted"  # a note for everyone here; in the office's stream, one for the office
RECOMMENDATION_DRAFTED = "recommendation.drafted"  # office: it waits for a signature
RECOMMENDATION_REVISED = "recommendation.revised"  # office: drafted anew after all
RECOMMENDATION_RETURNED = "recommendation.returned"  # office: the approver wants it changed
RECOMMENDATION_ISSUED = "recommendation.issued"  # signed, and on its way to the authority
RECOMMENDATION_RECEIVED = "recommendation.received"  # the authority has it: its clock runs
RECOMMENDATION_ANSWERED = "recommendation.answered"
RECOMMENDATION_UNANSWERED = "recommendation.unanswered"  # the time ran out without a reply
RECOMMENDATION_ASSESSED = "recommendation.assessed"
