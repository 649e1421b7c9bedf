"""Invented books and moments, small enough that every situation can be tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

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


@st.composite
def comparisons(draw: st.DrawFn, questions: tuple[Question, ...]) -> Said:
    """One comparison that can be made."""
    question = draw(st.sampled_from(questions))
    operator = draw(st.sampled_from([o for o in OPERATORS if question.ordered or "<" not in o and ">" not in o]))
    most = len(question.answers) if operator.endswith("in") else 1
    answers = draw(st.lists(st.sampled_from(question.answers), min_size=1, max_size=most, unique=True))
    return Compared(question.id, operator, tuple(answers))


def conditions(questions: tuple[Question, ...], terms: tuple[str, ...] = ()) -> st.SearchStrategy[Said]:
    """Conditions over these questions and terms."""
    one: st.SearchStrategy[Said] = comparisons(questions)
    if terms:
        one = one | st.sampled_from(terms).map(Named)

    def more(inner: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return inner.map(Denied) | st.builds(Joined, st.sampled_from(("and", "or")), several)

    return st.recursive(one, more, max_leaves=4)


@st.composite
def asked(draw: st.DrawFn, most: int = 4) -> tuple[Question, ...]:
    """A few questions with a few answers each."""
    count = draw(st.integers(1, most))
    return tuple(
        Question(f"q{i}", tuple("abc"[: draw(st.integers(2, 3))]), draw(st.booleans()), draw(st.integers(0, 4)) == 0)
        for i in range(count)
    )


LEANS = st.sampled_from((750, -750, 1500, -1500, 3000, -3000)) | st.integers(-4000, 4000)
WEIGHTS = st.just(1000) | st.sampled_from((0, 500, 333, 2000)) | st.integers(0, 3000)


@st.composite
def books(draw: st.DrawFn, *, with_impossible: bool = True) -> Invented:
    """Whole books. The first response of each list is never out, so that no list can be emptied."""
    questions = draw(asked())
    terms: dict[str, Said] = {}
    for i in range(draw(st.integers(0, 2))):
        terms[f"t{i}"] = draw(conditions(questions, tuple(terms)))
    said = conditions(questions, tuple(terms))
    so = st.builds(When, st.none() | said, st.none() | said)
    sizes = {"toward": draw(st.integers(2, 4)), "beside": draw(st.integers(1, 3)), "mine": draw(st.integers(0, 3))}
    responses = {name: tuple(f"{name[0]}{i}" for i in range(size)) for name, size in sizes.items() if size}
    every = [response for each in responses.values() for response in each]
    can_be_out = [response for each in responses.values() for response in each[1:]]
    leans = st.dictionaries(st.sampled_from(every), LEANS, min_size=1, max_size=4)
    needs = {response: draw(said) for response in can_be_out if draw(st.integers(0, 4)) == 0}
    impossible = draw(st.lists(conditions(questions), max_size=2)) if with_impossible else []
    clauses = st.lists(st.builds(Leaning, so, leans), min_size=1, max_size=2).map(tuple)
    guides = [Guide(f"g{i}", draw(so), draw(clauses), draw(WEIGHTS)) for i in range(draw(st.integers(0, 5)))]
    nevers = st.lists(st.sampled_from(can_be_out), max_size=2, unique=True).map(tuple)
    limits = [
        Limit(f"b{i}", When(draw(said), draw(st.none() | said)), draw(nevers)) for i in range(draw(st.integers(0, 2)))
    ]
    start = draw(st.dictionaries(st.sampled_from(every), LEANS, max_size=3))
    return Invented(questions, responses, needs, terms, tuple(impossible), start, tuple(guides), tuple(limits))


@dataclass(frozen=True)
class Known:
    """What is known of a moment."""

    answers: Mapping[str, str]
    beliefs: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    whose: str = "theirs"


@st.composite
def moments(draw: st.DrawFn, book: Invented, *, believed: bool = True) -> Known:
    """What may be known of a moment: some answers, some beliefs in sixteenths, the rest unanswered."""
    answers: dict[str, str] = {}
    beliefs: dict[str, dict[str, Fraction]] = {}
    for question in book.questions:
        kind = draw(st.sampled_from("aaub" if believed else "aau"))
        if kind == "a":
            answers[question.id] = draw(st.sampled_from(question.answers))
        elif kind == "b":
            first, second = draw(st.permutations(question.answers))[:2]
            chance = Fraction(draw(st.integers(1, 15)), 16)
            beliefs[question.id] = {first: chance, second: 1 - chance}
    return Known(answers, beliefs, draw(st.sampled_from(("theirs", "theirs", "mine"))))
