"""The chance of one run: printed, and given again as ``FAULTS_SEED``."""

import os
import random


def chance_of_this_run() -> random.Random:
    seed = int(os.environ.get("FAULTS_SEED", random.randrange(2**32)))
    print(f"FAULTS_SEED={seed}", flush=True)
    return random.Random(seed)
