"""Conditions: what has to be so for a guideline to apply.

    condition  = both {"or" both}
    both       = denial {"and" denial}
    denial     = "not" denial | "(" condition ")" | comparison | TERM
    comparison = NAME ("==" | "!=" | "<" | "<=" | ">" | ">=") ANSWER
               | NAME ["not"] "in" "(" ANSWER {"," ANSWER} ")"

`<`, `<=`, `>` and `>=` need a consideration whose answers stand in an order (`a < b < c`). A TERM stands alone.
Answers are finite, so a comparison is a set of answers, held as a bit mask over answer codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count as count_from
from typing import Never

from .consideration import Consideration
from .mistake import Mistake, clipped, did_you_mean, one_of
from .text import Place, Word

Codes = Sequence[int]
"""One answer code per consideration of a book, in its order; UNANSWERED where nobody said."""

MOST_CHARACTERS = 2_000
MOST_PARTS = 400
MOST_NESTED = 20
MOST_WRITTEN_OUT = 60
"""How deep a condition may be once its terms are written out."""
MOST_CONSIDERATIONS = 12


@dataclass(frozen=True)
class Among:
    """One consideration's answer is among these (bit mask over its codes)."""

    position: int
    mask: int

    def under(self, codes: Codes) -> bool | None:
        """True or False where the answers given settle it, None where they do not (Kleene's strong logic)."""
        code = codes[self.position]
        return None if code < 0 else bool(self.mask >> code & 1)

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        yield self


@dataclass(frozen=True)
class Not:
    """The inner condition does not hold."""

    inner: Condition

    def under(self, codes: Codes) -> bool | None:
        """See `Among.under`."""
        value = self.inner.under(codes)
        return None if value is None else not value

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        return self.inner.parts()


@dataclass(frozen=True)
class All:
    """Every one of these holds; with none inside, it always holds."""

    inner: tuple[Condition, ...]

    def under(self, codes: Codes) -> bool | None:
        """See `Among.under`."""
        found: bool | None = True
        for condition in self.inner:
            value = condition.under(codes)
            if value is False:
                return False
            if value is None:
                found = None
        return found

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        for condition in self.inner:
            yield from condition.parts()


@dataclass(frozen=True)
class Any:
    """At least one of these holds; with none inside, it never holds."""

    inner: tuple[Condition, ...]

    def under(self, codes: Codes) -> bool | None:
        """See `Among.under`."""
        found: bool | None = False
        for condition in self.inner:
            value = condition.under(codes)
            if value is True:
                return True
            if value is None:
                found = None
        return found

    def parts(self) -> Iterator[Among]:
        """Every comparison inside."""
        for condition in self.inner:
            yield from condition.parts()


Condition = Among | Not | All | Any
ALWAYS: Condition = All(())
NEVER: Condition = Any(())


def scope(condition: Condition) -> frozenset[int]:
    """Positions of the considerations a condition looks at."""
    return frozenset(part.position for part in condition.parts())


def when_unless(when: Condition, unless: Condition) -> Condition:
    """`when and not unless`."""
    if unless == NEVER:
        return when
    return All((when, Not(unless)))


def _too_large(condition: Condition) -> bool:
    """Whether a condition has more parts, or is nested deeper, than can be weighed. Walked without recursion."""
    waiting = [(condition, 1)]
    for count in count_from(1):
        if not waiting:
            return False
        each, depth = waiting.pop()
        if count > MOST_PARTS or depth > MOST_WRITTEN_OUT:
            return True
        inner = () if isinstance(each, Among) else (each.inner,) if isinstance(each, Not) else each.inner
        waiting += [(part, depth + 1) for part in inner]
    return False


Vocabulary = Mapping[str, Consideration]
Terms = Callable[[str], Condition | None]
"""Looks a term up by name: its condition, or None where there is no such term."""


def parse(
    word: Word, vocabulary: Vocabulary, terms: Terms, known_lost: frozenset[str] = frozenset()
) -> Condition | list[Mistake]:
    """The condition a word holds, or every mistake in it. `known_lost` are names whose own entry could not be read."""
    parser = _Parser(word, vocabulary, terms, known_lost)
    condition = parser.whole()
    return parser.mistakes or condition


_TOKEN = re.compile(r"\s*(?:(==|!=|<=|>=|<|>)|([(),])|([^\W\d][\w-]*|\d[\w.-]*)|(\S))")
_RESERVED = ("and", "or", "not", "in")
_ALMOST = {"=": "==", "&": "and", "&&": "and", "|": "or", "||": "or", "!": "not", "is": "=="}


class _Stop(Exception):
    """The rest of this condition cannot be read."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _Parser:
    """Recursive descent over the grammar in the module's docstring; collects mistakes and goes on where it can."""

    def __init__(self, word: Word, vocabulary: Vocabulary, terms: Terms, lost: frozenset[str]) -> None:
        self.word, self.vocabulary, self.terms, self.lost = word, vocabulary, terms, lost
        self.mistakes: list[Mistake] = []
        self.tokens = list(_tokens(word.text[: MOST_CHARACTERS + 1]))
        self.next = 0
        self.depth = 0

    def whole(self) -> Condition:
        """The whole condition; NEVER with mistakes where it cannot be read."""
        try:
            if len(self.word.text) > MOST_CHARACTERS:
                self._stop(
                    "condition-too-long",
                    "this condition is too long to read",
                    self._here(),
                    "give parts of it a name under `terms:`",
                )
            condition = self._either()
            token = self._peek()
            if token:
                self._unexpected(token, "`and`, `or` or the end")
        except _Stop:
            return NEVER
        return self._measured(condition)

    def _measured(self, condition: Condition) -> Condition:
        """The condition, unless it has grown past what a person or a table can hold."""
        if _too_large(condition):
            message = "this condition is too long once its terms are written out"
            self._say("condition-too-long", message, self.word.place, "split it into several guidelines")
            return NEVER
        if len(scope(condition)) > MOST_CONSIDERATIONS:
            message = (
                f"this condition looks at {len(scope(condition))} considerations; one can look at {MOST_CONSIDERATIONS}"
            )
            self._say("condition-too-long", message, self.word.place, "split it into several guidelines")
            return NEVER
        return condition

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._accept("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._denial()]
        while self._accept("and"):
            parts.append(self._denial())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _denial(self) -> Condition:
        self.depth += 1
        if self.depth > MOST_NESTED:
            self._stop(
                "condition-too-long",
                "this condition is nested too deep to read",
                self._here(),
                "give parts of it a name under `terms:`",
            )
        try:
            if self._accept("not"):
                return Not(self._denial())
            if self._accept("("):
                condition = self._either()
                self._expect(")", "`)`")
                return condition
            return self._comparison()
        finally:
            self.depth -= 1

    def _comparison(self) -> Condition:
        name = self._name("a consideration or a term")
        token = self._peek()
        if token is None or token.text in ("and", "or", ")"):
            return self._term(name)
        if token.kind == "operator":
            self.next += 1
            return self._compared(name, token.text, self._name("an answer"))
        negative = self._accept("not")
        if self._accept("in"):
            among = self._among(name, self._listed())
            return Not(among) if negative else among
        if negative:
            return self._unexpected(self._peek(), "`in`")
        return self._unexpected(token, "`==`, `!=`, `<`, `<=`, `>`, `>=` or `in`")

    def _listed(self) -> list[_Token]:
        self._expect("(", "`(`, as in `harm in (stings, serious)`")
        answers = [self._name("an answer")]
        while self._accept(","):
            answers.append(self._name("an answer"))
        self._expect(")", "`,` or `)`")
        return answers

    def _term(self, name: _Token) -> Condition:
        condition = None if name.text in self.vocabulary else self.terms(name.text)
        if condition is not None:
            return condition
        if name.text in self.vocabulary:
            answers = one_of(self.vocabulary[name.text].answers)
            self._at(
                "no-comparison",
                f"`{name.text}` needs an answer to compare with",
                name,
                f"for example `{name.text} == {self.vocabulary[name.text].answers[0]}`; it can be {answers}",
            )
        elif name.text not in self.lost:
            self._at(
                "unknown-name",
                f"there is no consideration or term `{clipped(name.text)}`",
                name,
                self._near(name),
            )
        return NEVER

    def _compared(self, name: _Token, operator: str, answer: _Token) -> Condition:
        consideration = self._consideration(name)
        if consideration is None:
            return NEVER
        code = self._code(consideration, answer)
        if code is None:
            return NEVER
        if operator not in ("==", "!=") and not consideration.ordered:
            help = "its answers stand side by side (`|`); use `==`, `!=` or `in`"
            self._at("no-order", f"the answers of `{name.text}` stand in no order", name, help)
            return NEVER
        return Among(consideration.position, _mask(consideration, operator, code))

    def _among(self, name: _Token, answers: list[_Token]) -> Condition:
        consideration = self._consideration(name)
        if consideration is None:
            return NEVER
        codes = [self._code(consideration, answer) for answer in answers]
        return Among(consideration.position, sum({1 << code for code in codes if code is not None}))

    def _consideration(self, name: _Token) -> Consideration | None:
        found = self.vocabulary.get(name.text)
        if found is None and self.terms(name.text) is not None:
            self._at(
                "term-compared",
                f"`{name.text}` is a term; it stands alone",
                name,
                f"write just `{name.text}`, or `not {name.text}`",
            )
        elif found is None and name.text not in self.lost:
            self._at("unknown-name", f"there is no consideration `{clipped(name.text)}`", name, self._near(name))
        return found

    def _code(self, consideration: Consideration, answer: _Token) -> int | None:
        if answer.text in consideration.answers:
            return consideration.code(answer.text)
        message = f"`{consideration.id}` has no answer `{clipped(answer.text)}`"
        self._at("unknown-answer", message, answer, did_you_mean(answer.text, consideration.answers))
        return None

    def _near(self, name: _Token) -> str:
        return did_you_mean(name.text, self.vocabulary, "name it under `considerations:` or `terms:` first")

    def _peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def _accept(self, text: str) -> bool:
        token = self._peek()
        found = token is not None and token.text == text
        self.next += found
        return found

    def _expect(self, text: str, wanted: str) -> None:
        if not self._accept(text):
            self._unexpected(self._peek(), wanted)

    def _name(self, wanted: str) -> _Token:
        token = self._peek()
        if token is None or token.kind != "name" or token.text in _RESERVED:
            self._unexpected(token, wanted)
        self.next += 1
        return token

    def _unexpected(self, token: _Token | None, wanted: str) -> Never:
        if token is None:
            end = len(self.word.text)
            self._stop(
                "condition-unfinished",
                f"this condition stops where {wanted} has to follow",
                self.word.at(max(end - 1, 0), end),
                f"write {wanted} here",
            )
        ours = _ALMOST.get(token.text)
        help = f"did you mean `{ours}`?" if ours else f"{wanted} can stand here"
        self._stop(
            "condition-unclear",
            f"`{clipped(token.text)}` cannot stand here",
            self.word.at(token.start, token.end),
            help,
        )

    def _here(self) -> Place:
        token = self._peek()
        return self.word.at(token.start, token.end) if token else self.word.place

    def _stop(self, kind: str, message: str, place: Place, help: str = "") -> Never:
        self._say(kind, message, place, help)
        raise _Stop

    def _at(self, kind: str, message: str, token: _Token, help: str) -> None:
        self._say(kind, message, self.word.at(token.start, token.end), help)

    def _say(self, kind: str, message: str, place: Place, help: str = "") -> None:
        self.mistakes.append(Mistake(kind, message, place, help))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        for kind, group in (("operator", 1), ("mark", 2), ("name", 3), ("other", 4)):
            if match.group(group):
                yield _Token(kind, match.group(group), match.start(group), match.end(group))


def _mask(consideration: Consideration, operator: str, code: int) -> int:
    """The answers for which `answer OPERATOR code` holds."""
    below, at = (1 << code) - 1, 1 << code
    above = consideration.everything & ~(below | at)
    return {"==": at, "!=": below | above, "<": below, "<=": below | at, ">": above, ">=": above | at}[operator]
