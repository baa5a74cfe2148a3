"""Findings as a table: what the CSV and Parquet writers have in common, and notebooks use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from mtaudit.model import Report
from mtaudit.writers.document import finding_document

if TYPE_CHECKING:
    import pandas as pd

# Column -> type, in the order of the columns. A column of `object` may hold None or lists.
COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article": "object",
        "path": "object",
        "system": "object",
        "rule": "object",
        "family": "object",
        "severity": "object",
        "confidence": "float64",
        "evidence": "object",
        "start": "int64",
        "end": "int64",
        "line": "int64",
        "column": "int64",
        "text": "object",
        "message": "object",
        "suggestions": "object",
        "source_text": "object",
        "section": "object",
        "gates": "bool",
        "fingerprint": "object",
        "unit": "object",
    }
)

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def frame(report: Report) -> pd.DataFrame:
    """One row a finding, in the order of the report; suggestions are lists.

    The columns and their types are the same when there are no findings. A lone surrogate, which
    neither format can hold, becomes U+FFFD.
    """
    import pandas as pd

    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for result in report.results:
        article = result.article
        place = {"article": article.id, "path": article.path, "system": article.system}
        for finding in result.findings:
            for name, value in (place | finding_document(finding)).items():
                columns[name].append(_encodable(value))
    return pd.DataFrame(
        {name: pd.Series(columns[name], dtype=dtype) for name, dtype in COLUMNS.items()}
    )


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_encodable(one) for one in value]
    return value
