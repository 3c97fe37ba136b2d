"""The bench suite's conductor; scripts/bench builds what it needs and starts it. See README.md."""

import sys

sys.dont_write_bytecode = True
from runner.main import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
