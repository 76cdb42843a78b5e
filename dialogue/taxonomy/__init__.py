"""What a concern can be about: regions, themes, affected groups, kinds of duty bearers."""
