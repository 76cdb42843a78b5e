"""Carrying a concern forward: tracked issues, recommendations to authorities, and who holds the ball."""
