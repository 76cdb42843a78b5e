from modeltranslation.translator import TranslationOptions, register

from dialogue.issues.models import Assessment, Issue, Note, Recommendation


@register(Issue)
class IssueWords(TranslationOptions):
    fields = ("title", "summary", "next_step")


@register(Note)
class NoteWords(TranslationOptions):
    fields = ("body",)


@register(Recommendation)
class RecommendationWords(TranslationOptions):
    fields = ("text", "legal_basis")


@register(Assessment)
class AssessmentWords(TranslationOptions):
    fields = ("reason",)
