"""Python reads this first in a command that a test runs, so that the refusals it makes are noted as well."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])

sys.path.insert(0, ROOT)
try:
    from tests import provoked
finally:
    sys.path.remove(ROOT)

provoked.start_noting()
