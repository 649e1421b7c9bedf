"""Now, or later: what foresight says, asked of a practice that is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from ..journal.entries import KeptMoment, Person
from ..weighing.moment import Answer
from .between import Between

if TYPE_CHECKING:
    from ..foresight import Offer
    from .foreseeing.foreseen import Foreseen


class Foreseeing(Between):
    """Looking ahead. Nothing of it is kept."""

    def foresee(
        self,
        about: KeptMoment | Person | str | None = None,
        *,
        sliders: Mapping[str, object] | None = None,
        off: Iterable[str] = (),
        passed: Collection[str] = (),
        book: str = "",
        **answers: Answer | None,
    ) -> Foreseen | Offer:
        """What foresight says of a kept moment, or of somebody (by nickname) and a moment's answers.

        Somebody without answers stands for the last moment kept with them. `passed` are questions whose answer is “I
        don't know”, `sliders` numbers by the names of `foreseeing.sliders.SLIDERS`, `off` switches by the names of
        `foresight.SWITCHES`. It takes a few seconds. Where foresight is not offered, an `Offer` says why. Raises
        Mistakes for answers or numbers that cannot be, NotThere for somebody who is not in the journal.
        """
        from .foreseeing.foreseeing import foresee  # noqa: PLC0415 - NumPy is loaded where it is worked out

        return foresee(self, about, answers, book=book, sliders=sliders, off=off, passed=passed)
