"""The same verbs without starting Django, for the bootstrap and for a work tree that does not start."""

import sys
from argparse import ArgumentParser

from platform_site.translations.verbs import VERBS, NotInOrder, perform


def main() -> None:
    parser = ArgumentParser(prog="python -m platform_site.translations")
    parser.add_argument("verb", choices=tuple(VERBS))
    parser.add_argument("--package")
    options = parser.parse_args()
    try:
        lines = perform(options.verb, options.package)
    except NotInOrder as fault:
        sys.exit(str(fault))
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
