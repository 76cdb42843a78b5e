"""What can be wrong with a machine, said so that the reader knows what to do next."""


class Trouble(Exception):
    """The work cannot go on; the text is one or two sentences for the person at the keyboard."""
