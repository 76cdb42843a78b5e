"""Reads too rich for a queryset method; those about people take the viewer.

``page`` is one issue whole; ``lists`` the board, “To sign” and what an authority sees; ``concerns`` is
Home's “my concerns”; ``telling`` is for frames.
"""
