"""The kinds of rule: one file each, one line in the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mtaudit.kinds.base import Hit, Kind, Matcher, Resources
from mtaudit.kinds.check import CheckMatcher
from mtaudit.kinds.consistency import ConsistencyMatcher
from mtaudit.kinds.dependency import DependencyMatcher
from mtaudit.kinds.pair import PairMatcher
from mtaudit.kinds.phrase import PhraseMatcher
from mtaudit.kinds.plans import Plans
from mtaudit.kinds.regex import RegexMatcher

KINDS: Final[Mapping[str, Kind]] = {
    "phrase": PhraseMatcher,
    "regex": RegexMatcher,
    "consistency": ConsistencyMatcher,
    "check": CheckMatcher,
    "dependency": DependencyMatcher,
    "pair": PairMatcher,
}

__all__ = ["KINDS", "Hit", "Kind", "Matcher", "Plans", "Resources"]
