"""Reads too rich for a queryset method; those about people take the viewer."""
