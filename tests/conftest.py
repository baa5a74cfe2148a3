"""What several test files share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of third-party data: $MTAUDIT_DATA, else shared/data beside the repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("MTAUDIT_DATA") or beside)
    if not folder.is_dir():
        pytest.skip(f"third-party data is not here: {folder} (set MTAUDIT_DATA)")
    return folder
