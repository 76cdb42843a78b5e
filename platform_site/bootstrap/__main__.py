"""``python3 -m platform_site.bootstrap VERB``; this file alone must be readable by an older Python."""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "Dialogue needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031
        "Install a newer one and name it: make run PYTHON=python3.12" % sys.version_info[:2]
    )

from platform_site.bootstrap.verbs import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
