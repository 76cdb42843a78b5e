from modeltranslation.translator import TranslationOptions, register

from dialogue.rooms.models.room import Room


@register(Room)
class RoomWords(TranslationOptions):
    fields = ("name", "purpose", "rules")
