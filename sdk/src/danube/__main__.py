"""`python -m danube danubefile.py`, or the same with the path of this file, which starts a little sooner."""

import os
import sys

if not __package__:
    # Python has put this folder first on its path, where its modules would hide others of the same name
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from danube._launcher import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
