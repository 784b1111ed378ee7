"""Rows for templates, made when they are asked for: a table of 100,000 rows never stands in memory as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")
Value = TypeVar("Value")


class Lazy(Sequence[Value], Generic[Item, Value]):
    """``make(index, item)`` of every item of ``source``, index from 0, anew each time it is asked for.

    In a template it is a list like any other: it has a length, can be gone through again, and ``loop.last`` works.
    """

    __slots__ = ("_make", "_source")

    def __init__(self, source: Sequence[Item], make: Callable[[int, Item], Value]) -> None:
        self._source = source
        self._make = make

    def __len__(self) -> int:
        return len(self._source)

    def __iter__(self) -> Iterator[Value]:
        return (self._value(index, item) for index, item in enumerate(self._source))

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> list[Value]: ...
    def __getitem__(self, index: int | slice) -> Value | list[Value]:
        places = range(len(self._source))
        if isinstance(index, slice):
            return [self._value(place, self._source[place]) for place in places[index]]
        return self._value(places[index], self._source[index])

    def _value(self, index: int, item: Item) -> Value:
        try:
            return self._make(index, item)
        except (TypeError, ValueError, ArithmeticError) as fault:
            # Of these kinds are also the errors of tags: a fault of the program must not be blamed on the template.
            raise RuntimeError(f"no value for item {index}") from fault
