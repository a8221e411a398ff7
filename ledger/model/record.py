"""`NamedTuple`, made in a third of the time; and `once`, a property that is worked out when first asked for.

`typing.NamedTuple` compiles the annotation of every field and a `__new__` for every class, also of those that a command
never makes one of. A command defines 110 such classes; making them was a fifth of what it took to load its modules
(`python bench/run.py --profile status`). Here the `__new__` is compiled when a class is used often, and annotations
are never looked at. To a type checker it is the one of `typing`, and a record does all that one of those does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: TID251 - what it stands for
else:
    from _collections import _tuplegetter
    from sys import intern

    _OFTEN = 5
    """Of most classes a command makes a record or two: compiling takes as long as making so many in a plain way."""

    class _Record(tuple):
        """What records can do beside what tuples can."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: object) -> _Record:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changed: object) -> _Record:
            made = tuple.__new__(self.__class__, map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"Got unexpected field names: {list(changed)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            told = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{self.__class__.__name__}({', '.join(told)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    class _Making(type):
        """Makes a class of its annotations, its defaults and its methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(map(intern, body.get("__annotations__", ())))
            defaults = {field: body[field] for field in fields if field in body}
            own = body | {field: _tuplegetter(place, "") for place, field in enumerate(fields)}
            own |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            own.setdefault("__new__", _maker(fields, defaults))
            return type(name, tuple(_Record if base is NamedTuple else base for base in bases), own)

    def _maker(fields: tuple[str, ...], defaults: dict[str, Any]) -> object:
        """The `__new__` of a class: it compiles what all further calls run once it is called often, or wrongly."""

        calls = 0

        def first(cls: type, /, *values: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            rest = fields[len(values) :]
            if calls < _OFTEN and len(values) + len(rest) == len(fields) and named.keys() <= set(rest):
                given = defaults | named
                if given.keys() >= set(rest):
                    return tuple.__new__(cls, (*values, *(given[field] for field in rest)))
            owner = next(one for one in cls.__mro__ if one.__dict__.get("__new__") is made)
            listed = ", ".join(fields)
            code = f"lambda _cls, {listed}: _new(_cls, ({listed}{',' * (len(fields) == 1)}))"
            new = eval(code, {"_new": tuple.__new__, "__builtins__": {}})
            new.__defaults__ = tuple(defaults.values()) or None
            owner.__new__ = staticmethod(new)
            return new(cls, *values, **named)

        made = staticmethod(first)
        return made

    NamedTuple = type.__new__(_Making, "NamedTuple", (), {})


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
