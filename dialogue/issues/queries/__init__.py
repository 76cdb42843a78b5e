"""Reads too rich for a queryset method; those about people take the viewer.

``page`` is one issue whole; ``tickets`` the board; ``lists`` “To sign” and what an authority sees;
``concerns`` Home's “my concerns”; ``marks`` how much waits where; ``telling`` is for frames.
"""
