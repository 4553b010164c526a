"""Record anew what Посока says in every golden talk: `make talks`; the person's lines stay."""

import sys
from pathlib import Path

from knowledge.loading import load
from tests.talks.playing import played
from tests.talks.writing import files, read, same, written


def main() -> int:
    """Write each file that has changed, or those named; 1 where a talk cannot be played on."""
    knowledge = load()
    failed = 0
    for file in [Path(name).resolve() for name in sys.argv[1:]] or files():
        before = file.read_text(encoding="utf-8")
        try:
            now = written(played(read(file), knowledge))
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            failed = 1
            continue
        if not same(before, now):
            file.write_text(now, encoding="utf-8")
            sys.stdout.write(f"{file.name}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
