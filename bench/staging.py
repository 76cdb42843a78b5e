"""``python -m bench.staging rooms ROOMS PEOPLE`` or ``… long POSTS``: fills the database of a subject.

Another database than that of whoever asks, so this runs in a process of its own and prints JSON.
"""

import json
import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings")
    django.setup()
    # Models may only be imported after setup.
    verb, *counts = sys.argv[1:]
    fill = import_module({"rooms": "bench.people", "long": "bench.long_room"}[verb]).fill
    print(json.dumps(fill(*map(int, counts))))
