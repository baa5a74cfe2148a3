"""Systems held against each other: their translations of the same articles, side by side."""

from mtaudit.comparing.comparison import Comparison, compare
from mtaudit.comparing.parallel import Parallel, read_rows, read_systems

__all__ = ["Comparison", "Parallel", "compare", "read_rows", "read_systems"]
