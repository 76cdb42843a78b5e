"""What lives from the start lives to the end: to search it for garbage again and again holds everybody up.

The search goes through all that lives, on the one event loop: with Django and all of ours loaded
that takes 50 to 200 ms, in which nobody hears anything.
"""

import gc
from typing import Final

# New objects until the youngest are searched: several posts to some hundred sockets.
YOUNG: Final = 20_000


def leave_out_what_is_there() -> None:
    """Call it once all is loaded. What comes and goes later is searched as before."""
    gc.collect()
    gc.freeze()
    _young, *older = gc.get_threshold()
    gc.set_threshold(YOUNG, *older)
