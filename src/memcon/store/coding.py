"""The nouns as JSON, exactly there and back."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from memcon.model import Mark, Record

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()


def encode(value: object) -> str:
    """JSON of a noun, its fields by name.

    Raises `ValueError` for what no JSON and no database keeps: half a surrogate pair, an integer beyond 64 bits.
    """
    try:
        return _ENCODER.encode(value).decode()
    except (UnicodeEncodeError, OverflowError) as error:
        raise ValueError(str(error)) from error


def decode(kind: type[T], detail: str) -> T:
    """The noun that was encoded."""
    value: T = _decoder(cast(Hashable, kind)).decode(detail)
    return value


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def encode_record(record: Record) -> str:
    """The description; its texts are kept by themselves."""
    return encode(replace(record, texts=()))


def encode_marks(marks: tuple[Mark, ...]) -> str | None:
    """None for none: most passages have no marks."""
    return encode(marks) if marks else None


def decode_marks(detail: str | None) -> tuple[Mark, ...]:
    """The marks of a passage."""
    return decode(tuple[Mark, ...], detail) if detail else ()
