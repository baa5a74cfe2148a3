"""Parquet: one finding a row, typed, for tables and notebooks. Needs pyarrow."""

from __future__ import annotations

from typing import IO, Any

from mtaudit.errors import MtauditError
from mtaudit.model import Report
from mtaudit.writers.frame import COLUMNS, frame


def write(report: Report, stream: IO[bytes]) -> None:
    """Writes the table of findings; its schema does not depend on what was found.

    Raises:
        MtauditError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MtauditError(
            "Parquet needs pyarrow, which is not installed",
            hint='install it with: pip install "mtaudit[parquet]"; or write CSV or JSON Lines',
        ) from error
    types: dict[str, Any] = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    fields = [
        pa.field(
            name, pa.list_(pa.string()) if name == "suggestions" else types.get(dtype, pa.string())
        )
        for name, dtype in COLUMNS.items()
    ]
    frame(report).to_parquet(stream, engine="pyarrow", index=False, schema=pa.schema(fields))
