"""Invented books and moments, small enough that every situation can be tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

LISTS = ("toward", "beside", "mine")
OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "in", "not in")


@dataclass(frozen=True)
class Compared:
    """`question OPERATOR answers`."""

    question: str
    operator: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A term."""

    term: str


@dataclass(frozen=True)
class Denied:
    """`not inner`."""

    inner: Said


@dataclass(frozen=True)
class Joined:
    """Inner conditions with `and` or `or` between them."""

    word: str
    inner: tuple[Said, ...]


Said = Compared | Named | Denied | Joined


@dataclass(frozen=True)
class Question:
    """One question and its answers."""

    id: str
    answers: tuple[str, ...]
    ordered: bool
    fixed: bool = False


@dataclass(frozen=True)
class When:
    """`when` and `unless`; either may be missing."""

    when: Said | None = None
    unless: Said | None = None


@dataclass(frozen=True)
class Leaning:
    """A condition and its leans, in thousandths of a doubling."""

    so: When
    leans: Mapping[str, int]


@dataclass(frozen=True)
class Guide:
    """A guideline; `weight` in thousandths."""

    id: str
    so: When
    clauses: tuple[Leaning, ...]
    weight: int = 1000


@dataclass(frozen=True)
class Limit:
    """A bound: takes responses out, or (with none) replaces the weighing."""

    id: str
    so: When
    never: tuple[str, ...]


@dataclass(frozen=True)
class Invented:
    """A whole book."""

    questions: tuple[Question, ...]
    responses: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, Said] = field(default_factory=dict)
    terms: Mapping[str, Said] = field(default_factory=dict)
    impossible: tuple[Said, ...] = ()
    start: Mapping[str, int] = field(default_factory=dict)
    guides: tuple[Guide, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def text(self) -> str:
        """The book as a file."""
        return "\n".join(_lines(self)) + "\n"


def told(said: Said, within: str = "") -> str:
    """A condition as it is written, with no more brackets than it needs."""
    match said:
        case Named(term):
            return term
        case Compared(question, operator, answers):
            listed = f"({', '.join(answers)})" if operator.endswith("in") else answers[0]
            return f"{question} {operator} {listed}"
        case Denied(inner):
            return f"not {told(inner, 'not')}"
    words = f" {said.word} ".join(told(inner, said.word) for inner in said.inner)
    return f"({words})" if within in ("not", said.word) or (said.word, within) == ("or", "and") else words


def _lines(book: Invented) -> Iterable[str]:
    yield from ("poise: 1", "title: Invented", "considerations:")
    for question in book.questions:
        answers = (" < " if question.ordered else " | ").join(question.answers)
        yield f"  {question.id}: {{ask: q, answers: {answers}, fixed: {'yes' if question.fixed else 'no'}}}"
    yield "responses:"
    for name, responses in book.responses.items():
        yield f"  {name}:"
        for response in responses:
            needs = f", needs: '{told(book.needs[response])}'" if response in book.needs else ""
            yield f"    {response}: {{say: {response}{needs}}}"
    yield from ("terms:", *(f"  {name}: {told(said)}" for name, said in book.terms.items()))
    yield from ("impossible:", *(f"  - {told(said)}" for said in book.impossible))
    yield from ("start:", *(f"  {response}: {lean / 1000:.3f}" for response, lean in book.start.items()))
    yield "guidelines:"
    for guide in book.guides:
        yield from (f"  {guide.id}:", "    say: s", f"    weight: {guide.weight / 1000:.3f}")
        yield from (*_so(guide.so, "    "), "    leans:")
        for clause in guide.clauses:
            leans = ", ".join(f"{response}: {lean / 1000:.3f}" for response, lean in clause.leans.items())
            yield from (f"      - lean: {{{leans}}}", *_so(clause.so, "        "))
    yield "bounds:"
    for limit in book.limits:
        end = f"never: [{', '.join(limit.never)}]" if limit.never else "instead: get help"
        yield from (f"  {limit.id}:", "    say: b", f"    {end}", *_so(limit.so, "    "))


def _so(so: When, indent: str) -> Iterable[str]:
    if so.when:
        yield f"{indent}when: {told(so.when)}"
    if so.unless:
        yield f"{indent}unless: {told(so.unless)}"


def condition(chance: Random, questions: tuple[Question, ...], terms: Iterable[str] = (), most: int = 4) -> Said:
    """A condition over these questions and terms, of at most so many parts."""
    kind = chance.randrange(8) if most > 1 else 0
    if kind == 1:
        return Denied(condition(chance, questions, terms, most - 1))
    if kind in (2, 3):
        parts = chance.randint(2, most)
        inner = tuple(condition(chance, questions, terms, most // parts) for _ in range(parts))
        return Joined(chance.choice(("and", "or")), inner)
    known = tuple(terms)
    if known and chance.randrange(3) == 0:
        return Named(chance.choice(known))
    return _compared(chance, chance.choice(questions))


def _compared(chance: Random, question: Question) -> Compared:
    operator = chance.choice([o for o in OPERATORS if question.ordered or ("<" not in o and ">" not in o)])
    count = chance.randint(1, len(question.answers)) if operator.endswith("in") else 1
    return Compared(question.id, operator, tuple(chance.sample(question.answers, count)))


def questions_of(chance: Random, most: int = 4) -> tuple[Question, ...]:
    """A few questions with a few answers each."""
    return tuple(
        Question(f"q{i}", tuple("abc"[: chance.randint(2, 3)]), chance.random() < 0.5, chance.random() < 0.2)
        for i in range(chance.randint(1, most))
    )


def book_of(chance: Random, *, with_impossible: bool = True) -> Invented:
    """A whole book. The first response of each list is never out, so that no list can be emptied."""
    questions = questions_of(chance)
    terms: dict[str, Said] = {}
    for i in range(chance.randrange(3)):
        terms[f"t{i}"] = condition(chance, questions, terms)
    sizes = {"toward": chance.randint(2, 4), "beside": chance.randint(1, 3), "mine": chance.randint(0, 3)}
    responses = {name: tuple(f"{name[0]}{i}" for i in range(size)) for name, size in sizes.items() if size}
    every = [response for each in responses.values() for response in each]
    can_be_out = [response for each in responses.values() for response in each[1:]]

    def said() -> Said:
        return condition(chance, questions, terms)

    def so() -> When:
        return When(said() if chance.random() < 0.7 else None, said() if chance.random() < 0.3 else None)

    def leans(most: int) -> dict[str, int]:
        return {r: _lean(chance) for r in chance.sample(every, min(most, chance.randint(1, len(every))))}

    guides = [
        Guide(f"g{i}", so(), tuple(Leaning(so(), leans(4)) for _ in range(chance.randint(1, 2))), _weight(chance))
        for i in range(chance.randrange(6))
    ]
    limits = [
        Limit(f"b{i}", When(said(), so().unless), tuple(chance.sample(can_be_out, chance.randint(0, 2))))
        for i in range(chance.choice((0, 0, 1, 2)))
        if len(can_be_out) > 1
    ]
    return Invented(
        questions,
        responses,
        {response: said() for response in can_be_out if chance.random() < 0.2},
        terms,
        tuple(condition(chance, questions) for _ in range(chance.choice((0, 0, 1, 2)) if with_impossible else 0)),
        leans(3) if chance.random() < 0.5 else {},
        tuple(guides),
        tuple(limits),
    )


def _lean(chance: Random) -> int:
    return (
        chance.choice((750, -750, 1500, -1500, 3000, -3000)) if chance.random() < 0.7 else chance.randint(-4000, 4000)
    )


def _weight(chance: Random) -> int:
    return chance.choice((1000, 1000, 1000, 0, 500, 333, 2000)) if chance.random() < 0.8 else chance.randint(0, 3000)


@dataclass(frozen=True)
class Known:
    """What is known of a moment."""

    answers: Mapping[str, str]
    beliefs: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    whose: str = "theirs"


def moment_of(chance: Random, book: Invented, *, believed: bool = True) -> Known:
    """What may be known of a moment: some answers, some beliefs in sixteenths, the rest unanswered."""
    answers: dict[str, str] = {}
    beliefs: dict[str, dict[str, Fraction]] = {}
    for question in book.questions:
        kind = chance.choice("aaub" if believed else "aau")
        if kind == "a":
            answers[question.id] = chance.choice(question.answers)
        elif kind == "b":
            first, second = chance.sample(question.answers, 2)
            part = Fraction(chance.randint(1, 15), 16)
            beliefs[question.id] = {first: part, second: 1 - part}
    return Known(answers, beliefs, chance.choice(("theirs", "theirs", "mine")))


CHANCES = st.integers(0, 2**32).map(Random)
"""What invented books are drawn from. The same number makes the same book."""
