"""JSON written in the one way in which it can be (RFC 8785), so that anybody hashes the same."""

import json
from math import isfinite
from typing import TypeAlias

Json: TypeAlias = (
    "bool | int | float | str | list[Json] | tuple[Json, ...] | dict[str, Json] | None"
)

# Integers beyond it are not the same number in every language.
INTEGER_MAX = 2**53 - 1
_FIXED_MAX = 21
_FIXED_MIN = -6


class NotCanonical(ValueError):
    """This value has no canonical form; the text says which part."""


def canonical(value: Json) -> bytes:
    """Write a value; NotCanonical for what JSON or other languages cannot keep."""
    try:
        return _text(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a text has half of a character (a lone surrogate)") from error


def _text(value: Json) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(key)}:{_text(value[key])}" for key in _keys(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return _number(value)


def _keys(value: "dict[str, Json]") -> list[str]:
    """Sorted by UTF-16 units, as JavaScript sorts."""
    if not all(isinstance(key, str) for key in value):
        raise NotCanonical("a key is not a text")
    return sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def _quoted(text: str) -> str:
    # DEL is written as it is, and json.dumps agrees; so are all letters.
    return json.dumps(text, ensure_ascii=False)


def _number(value: object) -> str:
    if isinstance(value, int):
        if abs(value) > INTEGER_MAX:
            raise NotCanonical(f"{value} is no integer that every language keeps; write a text")
        return str(value)
    if not isinstance(value, float) or not isfinite(value):
        raise NotCanonical(f"{value!r} has no place in JSON")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    return sign + _positive(abs(value))


def _positive(value: float) -> str:
    """The digits that Python and ECMAScript agree on, laid out as ECMAScript does."""
    digits, exponent = _shortest(value)
    point = exponent + 1
    if _FIXED_MIN < point <= _FIXED_MAX:
        if point <= 0:
            return f"0.{'0' * -point}{digits}"
        whole, part = digits[:point].ljust(point, "0"), digits[point:]
        return f"{whole}.{part}" if part else whole
    part = f".{digits[1:]}" if digits[1:] else ""
    return f"{digits[0]}{part}e{exponent:+}"


def _shortest(value: float) -> tuple[str, int]:
    """Significant digits without ending zeros, and the power of ten of the first."""
    text = repr(value)
    mantissa, _, power = text.partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    lost = len(whole + part) - len(digits)
    return digits.rstrip("0"), int(power or 0) + len(whole) - 1 - lost
