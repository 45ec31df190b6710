"""How well labelled support mail is read by the policies that ship: `python bench/support_accuracy.py [DIR]`.

The same as `mailproc accuracy DIR`, which tells what DIR holds; by default the samples of the tests.
"""

import sys
from pathlib import Path

from mailproc.cli.accuracy import report, score
from mailproc.config import load_policy

SAMPLES = Path(__file__).parents[1] / "tests/mails/support"

if __name__ == "__main__":
    print("\n".join(report(score(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES, load_policy))))
