"""Every message of the pages in English: from the templates, from sentences said in Python, and from lists of words."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import poise
from poise.journal.keeping import checking
from poise.journal.trouble import Trouble
from poise.pocket import building
from poise.pocket import wording as pocket_wording
from poise.practice import answering, checking_in, help_sheet, reflecting, supervising, telling
from poise.practice.supervising import laid_out, looking_over, prefilling
from poise.practice.telling import strained
from poise.rulebook import wording
from poise.web.page import environment
from poise.web.pages import look_back
from poise.weighing.telling import words

from .catalogue import Message


def kinds(kind: type[Trouble]) -> Iterator[type[Trouble]]:
    """The kinds of a kind, theirs too."""
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


HOUSE = Path(poise.__file__).parent
TEMPLATES = HOUSE / "web" / "templates"
ROOMS = ("learning", "pocket", "practice", "rulebook", "weighing", "web")
"""Where pages take their sentences from; the terminal speaks English."""
TROUBLED = ("journal", "practice", "web")
SAY_TROUBLE = {Trouble.__name__, *(kind.__name__ for kind in kinds(Trouble))}
SAY_TROUBLE |= {"Phrase", "phrase", "so", "in_words", "not_brought_in", "not_kept", "refuse"}
"""What is called with sentences that a page may show."""


def collected() -> dict[str, Message]:
    """{English: message}, in the order of the files they stand in."""
    found: dict[str, Message] = {}
    for message in [*_in_templates(), *_in_sentences(), *_in_modules(), *_in_troubles(), *_in_lists()]:
        known = found.get(message.id)
        if known is None:
            found[message.id] = message
        else:
            places = tuple(dict.fromkeys([*known.places, *message.places]))
            found[message.id] = known._replace(places=places, plural=known.plural or message.plural)
    return found


def _in_templates() -> Iterator[Message]:
    """`_()` and `ngettext()` in the templates, as Jinja's own extension finds them."""
    jinja = environment()
    for file in sorted(TEMPLATES.rglob("*.html")):
        place = str(file.relative_to(HOUSE))
        for _, function, message in jinja.extract_translations(file.read_text("utf-8")):  # type: ignore[attr-defined]
            texts = message if isinstance(message, tuple) else (message,)
            if texts[0]:
                yield Message(texts[0], (place,), texts[1] if function == "ngettext" else "")


def _in_sentences() -> Iterator[Message]:
    """`say("…")` in Python; a choice between two literals is two messages. What is no literal is in a list below."""
    for file in sorted(file for room in ROOMS for file in (HOUSE / room).rglob("*.py")):
        source = file.read_text("utf-8")
        place = str(file.relative_to(HOUSE))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and node.args and _says(node.func):
                yield from (Message(each, (place,)) for each in _literals(node.args[0]))


def _in_modules() -> Iterator[Message]:
    """`_("…")` in the modules of the page for a phone, as it is built with them."""
    for file in sorted(building.STATIC.glob("*.js")):
        place = str(file.relative_to(HOUSE))
        yield from (Message(each, (place,)) for each in pocket_wording.messages(file.read_text("utf-8")))


def _says(function: ast.expr) -> bool:
    """Whether it is `say` or `about.say`; a reader of rulebooks has a `say`, too, which notes a mistake."""
    if isinstance(function, ast.Attribute):
        return (
            function.attr == "say" and isinstance(function.value, ast.Name) and function.value.id in ("about", "each")
        )
    return isinstance(function, ast.Name) and function.id == "say"


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _in_troubles() -> Iterator[Message]:
    """What a Trouble or a Phrase says: its first words and the option that helps, by themselves or by a name."""
    for file in sorted(file for room in TROUBLED for file in (HOUSE / room).rglob("*.py") if "team" not in file.parts):
        place = str(file.relative_to(HOUSE))
        tree = ast.parse(file.read_text("utf-8"))
        named: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            for target in node.targets if isinstance(node, ast.Assign) else ():
                named.setdefault(getattr(target, "id", ""), []).append(node.value)  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in SAY_TROUBLE:
                for argument in node.args:
                    found = named.get(argument.id, []) if isinstance(argument, ast.Name) else [argument]
                    texts = (each for one in found for each in _literals(one))
                    yield from (Message(each, (place,)) for each in texts if " " in each)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _in_lists() -> Iterator[Message]:
    """Words that are looked up by a name before they are said: those of the tellers, and those listed below."""
    names = [f"{telling.__name__}.{found.name}" for found in pkgutil.iter_modules(telling.__path__)]
    for name in [*names, "poise.learning.telling"]:
        place = f"{name.removeprefix('poise.').replace('.', '/')}.py"
        yield from (Message(each, (place,)) for each in _own_words(importlib.import_module(name)))
    for place, texts in LISTS.items():
        yield from (Message(each, (place,)) for each in texts if each)


def _own_words(module: ModuleType) -> Iterator[str]:
    """Sentences and lists of words among a module's own constants; a name alone is no sentence."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and _stored(node)}
    for name in sorted(own & set(vars(module))):
        value = vars(module)[name]
        if isinstance(value, str) and " " in value:
            yield value
        elif isinstance(value, Mapping | tuple):
            texts = value.values() if isinstance(value, Mapping) else value
            yield from (each for each in texts if isinstance(each, str))


def _stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store) and name.id.isupper()


def _constants(module: object) -> list[str]:
    return [value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)]


def _answers(*lists: dict[str, str]) -> list[str]:
    return [words for each in lists for words in each.values()]


def _headings() -> Iterable[str]:
    fields = [text for each in laid_out.FIELDS.values() for text in (each.heading, each.hint)]
    return [*fields, *(part.heading for parts in laid_out.ORDERS.values() for part in parts)]


LISTS: dict[str, Iterable[str]] = {
    "journal/keeping/checking.py": checking.NAMES.values(),
    "web/pages/look_back.py": [look_back.FEWER],
    "weighing/telling/words.py": _constants(words),
    "rulebook/wording.py": [wording.IN_ANY_MOMENT],
    "practice/answering.py": _answers(
        answering.BETWEEN, answering.FOR_THEM, answering.HOW_KNOWN, answering.FOR_ME,
        answering.OFF, answering.TALKED, answering.HELD, answering.BACK,
    ),
    "practice/reflecting.py": [reflecting.OWN_WORDS, reflecting.HIT, reflecting.SAID_IT, reflecting.HINDSIGHT],
    "practice/checking_in.py": [
        *(words for each in checking_in.OTHERWISE for words in (each.ask, *each.answers.values())), checking_in.MY_PART,
    ],
    "practice/help_sheet.py": help_sheet.ALWAYS,
    "practice/telling/strained.py": strained.CARRIED,
    "practice/supervising/laid_out.py": _headings(),
    "practice/supervising/pointing.py": supervising.KINDS.values(),
    "practice/supervising/looking_over.py": [looking_over.SOMEBODY],
    "practice/supervising/prefilling.py": [
        *prefilling.ORDINALS, *(words for _, words in prefilling.AGO), "a good while ago", "once",
    ],
}  # fmt: skip
"""{where they stand: words}."""
