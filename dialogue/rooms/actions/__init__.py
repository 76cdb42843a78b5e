"""What may be done in rooms, one family of acts a file. Every door (form, socket, demo) calls these.

``writing`` and ``moves`` are steps that several acts share; they run inside an opening.
"""
