"""Windows are drawn into memory; the suite's own style of application serves all tests of this folder."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
