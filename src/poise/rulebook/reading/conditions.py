"""Reads conditions.

    condition  = both {"or" both}
    both       = denial {"and" denial}
    denial     = "not" denial | "(" condition ")" | comparison | TERM
    comparison = NAME ("==" | "!=" | "<" | "<=" | ">" | ">=") ANSWER
               | NAME ["not"] "in" "(" ANSWER {"," ANSWER} ")"

`<`, `<=`, `>` and `>=` need a consideration whose answers stand in an order (`a < b < c`). A TERM stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count as count_from
from typing import Never

from ..condition import NEVER, All, Among, Any, Condition, Not, scope
from ..consideration import Consideration
from ..mistake import Mistake, clipped, did_you_mean, one_of
from ..text import Place, Word
from .tokens import Token, Tokens

MOST_CHARACTERS = 2_000
MOST_PARTS = 400
MOST_NESTED = 20
MOST_WRITTEN_OUT = 60
"""How deep a condition may be once its terms are written out."""
MOST_CONSIDERATIONS = 12
_ALMOST = {"=": "==", "&": "and", "&&": "and", "|": "or", "||": "or", "!": "not", "is": "=="}

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


class _Stop(Exception):
    """The rest of this condition cannot be read."""


class _Parser:
    """Recursive descent over the grammar in the module's docstring; collects mistakes and goes on where it can."""

    def __init__(self, word: Word, vocabulary: Vocabulary, terms: Terms, lost: frozenset[str]) -> None:
        self.word, self.vocabulary, self.terms, self.lost = word, vocabulary, terms, lost
        self.mistakes: list[Mistake] = []
        self.tokens = Tokens(word.text[: MOST_CHARACTERS + 1])
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
            token = self.tokens.peek()
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
        while self.tokens.accept("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._denial()]
        while self.tokens.accept("and"):
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
            if self.tokens.accept("not"):
                return Not(self._denial())
            if self.tokens.accept("("):
                condition = self._either()
                self._expect(")", "`)`")
                return condition
            return self._comparison()
        finally:
            self.depth -= 1

    def _comparison(self) -> Condition:
        name = self._name("a consideration or a term")
        token = self.tokens.peek()
        if token is None or token.text in ("and", "or", ")"):
            return self._term(name)
        if token.kind == "operator":
            self.tokens.take()
            return self._compared(name, token.text, self._name("an answer"))
        negative = self.tokens.accept("not")
        if self.tokens.accept("in"):
            among = self._among(name, self._listed())
            return Not(among) if negative else among
        if negative:
            return self._unexpected(self.tokens.peek(), "`in`")
        return self._unexpected(token, "`==`, `!=`, `<`, `<=`, `>`, `>=` or `in`")

    def _listed(self) -> list[Token]:
        self._expect("(", "`(`, as in `harm in (stings, serious)`")
        answers = [self._name("an answer")]
        while self.tokens.accept(","):
            answers.append(self._name("an answer"))
        self._expect(")", "`,` or `)`")
        return answers

    def _term(self, name: Token) -> Condition:
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

    def _compared(self, name: Token, operator: str, answer: Token) -> Condition:
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

    def _among(self, name: Token, answers: list[Token]) -> Condition:
        consideration = self._consideration(name)
        if consideration is None:
            return NEVER
        codes = [self._code(consideration, answer) for answer in answers]
        return Among(consideration.position, sum({1 << code for code in codes if code is not None}))

    def _consideration(self, name: Token) -> Consideration | None:
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

    def _code(self, consideration: Consideration, answer: Token) -> int | None:
        if answer.text in consideration.answers:
            return consideration.code(answer.text)
        message = f"`{consideration.id}` has no answer `{clipped(answer.text)}`"
        self._at("unknown-answer", message, answer, did_you_mean(answer.text, consideration.answers))
        return None

    def _near(self, name: Token) -> str:
        return did_you_mean(name.text, self.vocabulary, "name it under `considerations:` or `terms:` first")

    def _expect(self, text: str, wanted: str) -> None:
        if not self.tokens.accept(text):
            self._unexpected(self.tokens.peek(), wanted)

    def _name(self, wanted: str) -> Token:
        token = self.tokens.peek()
        if token is None or not token.is_name:
            self._unexpected(token, wanted)
        self.tokens.take()
        return token

    def _unexpected(self, token: Token | None, wanted: str) -> Never:
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
        token = self.tokens.peek()
        return self.word.at(token.start, token.end) if token else self.word.place

    def _stop(self, kind: str, message: str, place: Place, help: str = "") -> Never:
        self._say(kind, message, place, help)
        raise _Stop

    def _at(self, kind: str, message: str, token: Token, help: str) -> None:
        self._say(kind, message, self.word.at(token.start, token.end), help)

    def _say(self, kind: str, message: str, place: Place, help: str = "") -> None:
        self.mistakes.append(Mistake(kind, message, place, help))


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


def _mask(consideration: Consideration, operator: str, code: int) -> int:
    """The answers for which `answer OPERATOR code` holds."""
    below, at = (1 << code) - 1, 1 << code
    above = consideration.everything & ~(below | at)
    return {"==": at, "!=": below | above, "<": below, "<=": below | at, ">": above, ">=": above | at}[operator]
