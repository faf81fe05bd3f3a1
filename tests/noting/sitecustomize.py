"""Python reads this first in every process that the tests start, so that the refusals made there are noted as well."""

import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = str(Path(__file__).parents[2])

if find_spec("tallystick"):
    sys.path.insert(0, ROOT)
    from tests import provoked

    sys.path.remove(ROOT)
    provoked.start_noting()
