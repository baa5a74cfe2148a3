"""mtaudit audits machine-translated French news: the traces that translation software left.

The public names load on first use, so that `import mtaudit` and `mtaudit --version` stay quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mtaudit.version import __version__

if TYPE_CHECKING:
    from mtaudit.model import Article, Finding, Report
    from mtaudit.pipeline import Auditor, audit
    from mtaudit.settings import Settings

__all__ = ["Article", "Auditor", "Finding", "Report", "Settings", "__version__", "audit"]

_HOMES = {
    "Article": "mtaudit.model",
    "Finding": "mtaudit.model",
    "Report": "mtaudit.model",
    "Auditor": "mtaudit.pipeline",
    "audit": "mtaudit.pipeline",
    "Settings": "mtaudit.settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mtaudit' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
