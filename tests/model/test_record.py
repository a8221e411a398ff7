import copy
import pickle
import typing

import pytest

from ledger.model.record import NamedTuple


class Ours(NamedTuple):
    """A record of ours."""

    day: str
    by: str = "office"
    count: int = 0

    def told(self):
        return f"{self.day} {self.by}"


class Theirs(typing.NamedTuple):
    day: str
    by: str = "office"
    count: int = 0


class Painted(Ours):
    def __new__(cls, day, tone):
        made = super().__new__(cls, day)
        made.tone = tone
        return made


def test_a_record_is_what_typing_would_make():
    ours, theirs = Ours("d", count=3), Theirs("d", count=3)
    assert ours == theirs == ("d", "office", 3)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert hash(ours) == hash(theirs)
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(by="x") == theirs._replace(by="x")
    assert Ours._make(["a", "b", 1]) == Theirs._make(["a", "b", 1])
    assert (Ours._fields, Ours._field_defaults) == (Theirs._fields, Theirs._field_defaults)
    assert Ours.__match_args__ == Theirs.__match_args__
    assert ours.told() == "d office"


def test_a_record_is_copied_and_pickled_as_what_it_is():
    one = Ours("d")
    for made in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert made == one
        assert type(made) is Ours


@pytest.mark.parametrize("wrong", [lambda: Ours(), lambda: Ours("a", "b", 1, 2), lambda: Ours("a", no=1)])
def test_a_record_made_wrongly_is_refused(wrong):
    with pytest.raises(TypeError):
        wrong()


def test_a_field_that_is_none_cannot_be_replaced():
    with pytest.raises(ValueError, match="no"):
        Ours("a")._replace(no=1)
    with pytest.raises(TypeError):
        Ours._make(["a"])


def test_a_class_below_a_record_makes_its_own():
    made = Painted("d", "red")
    assert (made.day, made.by, made.tone, type(made)) == ("d", "office", "red", Painted)
    assert Ours("e") == ("e", "office", 0)


def test_a_field_cannot_be_set():
    with pytest.raises(AttributeError):
        Ours("d").day = "e"
