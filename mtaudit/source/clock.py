"""Hours of the day: 11 pm, 2.30 a.m., 0230 GMT, 23 h 15, 9 heures du soir."""

from __future__ import annotations

import re

from mtaudit.source.tokens import Tokens

# Hours as values, minutes as their parts, and the token behind them.
Time = tuple[tuple[float, ...], int]


def clock(tokens: Tokens, i: int, hour: float) -> Time | None:
    """The hour that begins with the figure at i, None where it is another number."""
    token, after, minutes = tokens.all[i], i + 1, 0.0
    if re.fullmatch(r"0\d[0-5]\d", token.text):
        time = hour // 100 + hour % 100 / 60
        return (time,), after
    if hour > 24:
        return None
    timed = False
    if tokens.norm(after) == ":" and tokens.glued(after) and tokens.glued(after + 1):
        if not (token.text.isdigit() and re.fullmatch(r"[0-5]\d", tokens.norm(after + 1))):
            return None
        minutes, after, timed = float(tokens.norm(after + 1)), after + 2, True
        if tokens.norm(after) == ":":
            return None
    if tokens.english:
        return _english(tokens, i, after, hour, minutes, timed)
    if tokens.norm(after) in ("h", "heure", "heures") and hour == int(hour) and not timed:
        return _french(tokens, i, after + 1, hour)
    if timed:
        return (hour + minutes / 60, hour), after
    return None


def _english(
    tokens: Tokens, i: int, after: int, hour: float, minutes: float, timed: bool
) -> Time | None:
    half = _half_day(tokens, after)
    if half is None:
        if not timed:
            return o_clock(tokens, i, after, hour)
        time = hour + minutes / 60
        values = (time, time + 12) if hour <= 12 else (time,)
        return values, after
    noon, after = half
    split = re.fullmatch(r"(\d{1,2})\.(\d{2})", tokens.all[i].text)
    if split and not timed:
        hour, minutes = float(split[1]), float(split[2])
    if hour <= 12:
        hour = hour % 12 + noon
    return (hour + minutes / 60,), after


def o_clock(tokens: Tokens, i: int, after: int, hour: float) -> Time | None:
    """« five o'clock », of either half of the day; `after` is the token behind the number."""
    if tokens.norm(after) != "o" or tokens.norm(after + 2) != "clock":
        return None
    return (hour, hour + 12), after + 3


def _half_day(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """12 for p.m. and 0 for a.m., and where it ends."""
    word = tokens.norm(i)
    if word in ("am", "pm"):
        return (12.0 if word == "pm" else 0.0), i + 1
    if word in ("a", "p") and tokens.words(i + 1, 2) == (".", "m"):
        return (12.0 if word == "p" else 0.0), i + 3 + (tokens.norm(i + 3) == ".")
    return None


def _french(tokens: Tokens, i: int, after: int, hour: float) -> Time | None:
    """What follows « 23 h »: minutes, « et demie », « du soir »."""
    minutes = 0.0
    word = tokens.norm(after)
    follows = tokens.norm(after + 1)
    single = re.fullmatch(r"\d", word) and (
        tokens.kind(after + 1) != "word" or follows in ("min", "minute", "minutes")
    )
    if re.fullmatch(r"[0-5]\d", word) or single:
        if tokens.words(after, 3) in (("1", "/", "2"), ("1", "/", "4")):
            minutes, after = 60 / float(tokens.norm(after + 2)), after + 3
        else:
            minutes = float(word)
            after += 2 if follows in ("min", "mn", "minute", "minutes") else 1
    elif word == "et" and follows in ("demi", "demie"):
        minutes, after = 30.0, after + 2
    elif word == "et" and follows == "quart":
        minutes, after = 15.0, after + 2
    time = hour + minutes / 60
    evening = tokens.words(after, 2) == ("du", "soir") or (
        tokens.words(after, 2) == ("de", "l") and tokens.norm(after + 3) == "après"
    )
    values = (time % 12 + 12, time) if evening and hour <= 12 else (time,)
    return values, after
