"""What the whole run takes a part of, and PASOKH_WHOLE=1 all: long foreign logs, every byte."""

import os

import pytest

WHOLE = bool(os.environ.get("PASOKH_WHOLE"))
only_whole = pytest.mark.skipif(
    not WHOLE, reason="minutes, and a part is tried beside it: set PASOKH_WHOLE=1 for the whole"
)
