"""Pages and forms of the rooms, whole without script."""
