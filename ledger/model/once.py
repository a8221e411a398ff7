"""A property that is worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - used as a decorator
    """Like `functools.cached_property`, without the lock it takes at every first access before Python 3.12.

    A board asks ten such questions of each of thousands of items; the lock cost as much as the answers.
    """

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[Value]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> once[Value] | Value:
        """The value; it then stands in the instance itself and hides this descriptor."""
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.work(instance)
        return value
