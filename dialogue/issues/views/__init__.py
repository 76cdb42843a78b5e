"""Pages of triage and of issues. They fetch through ``access`` and change nothing but by acts."""
