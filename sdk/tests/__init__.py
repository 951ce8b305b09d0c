"""Tests of the SDK: python3 -m unittest discover -s sdk/tests -t sdk"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src"))
