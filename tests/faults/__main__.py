"""``python -m tests.faults set PEOPLE`` or ``… read STREAM``: in the database of the web processes.

They use another database than pytest itself, so this runs in a process of its own.
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
    staging = import_module("tests.faults.staging")
    verb, argument = sys.argv[1:]
    print(json.dumps(staging.set_stage(int(argument)) if verb == "set" else staging.read_ledger(argument)))
