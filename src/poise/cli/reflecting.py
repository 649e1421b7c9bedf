"""Three minutes afterwards, as a conversation: every question can be passed over, and a draft is kept meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import click

from ..journal.entries import Entry, KeptMoment, Reflection, to_plain
from ..practice import Practice, reflecting
from ..practice.asking import DAY, LINE, Asking, Question, on_scale
from .drafts import Draft
from .helping import say_help
from .questions import Danger, Enough, Questions, pairs
from .remembered import moment_words
from .screen import say, say_json
from .when import TO_COME, day_to_come, day_words

KEYS = (
    "Three minutes. Type a number or your own words. Enter passes a question over, ? explains, . keeps what you said "
    "so far, and ! is for someone in danger, or a child being hurt."
)
WHICH = "Which moment?"
NONE_YET = "No moment is in the journal yet. `poise keep` keeps one."
ALL_SEEN = "You have looked back on all of the last moments. `poise reflect --choose` lists them."
NOTHING_SAID = "Nothing was said, and nothing was kept."
_MOST_SHOWN = 20


class Reflecting:
    """One look back on a moment."""

    def __init__(self, practice: Practice, moment: KeptMoment) -> None:
        self.practice, self.moment = practice, moment
        self.about = reflecting.about(practice, moment)
        self.asking = reflecting.questions(self.about)

    def told(self, words: Sequence[str], as_json: bool) -> int:
        """Keep what was told on the command line. Raises Mistakes or Trouble."""
        said = pairs(words)
        if said.get("due_on"):
            said["due_on"] = _day(self.practice, said["due_on"]) or said["due_on"]
        said |= {"come_back": "day"} if said.get("due_on") else {}
        said |= {"come_back": "waiting"} if said.get("waiting_for") and not said.get("due_on") else {}
        kept = self.practice.reflected(self.moment, said) if said else []
        if as_json:
            say_json([{"kind": entry.kind, **to_plain(entry)} for entry in kept])
        else:
            self._say_kept(kept)
        return 0

    def asked(self) -> int:
        """Ask, and keep what was said. In danger, or stopped, the draft is left."""
        draft = Draft(self.practice.journal, f"reflection {self.moment.uid}")
        command = "poise reflect"
        say([["", KEYS], moment_words(self.practice, self.moment, self.about.person)])
        try:
            questions = Questions(draft.offered("about it"), draft.save)
            ask_all(questions, self.asking, self.practice)
            kept = self.practice.reflected(self.moment, questions.said, draft.name) if _any(questions.said) else []
        except Danger:
            say_help(self.practice.journal.vault.folder, draft.left(command))
            return 0
        except (KeyboardInterrupt, click.Abort):
            return draft.stopped(command)
        self._say_kept(kept)
        return 0

    def _say_kept(self, kept: Iterable[Entry]) -> None:
        reflection = next((entry for entry in kept if isinstance(entry, Reflection)), None)
        if reflection is None:
            say([["", NOTHING_SAID]])
            return
        day = day_words(self.moment.happened_at) if self.moment.happened_at else ""
        whom = f", with {self.about.person}" if self.about.person else ""
        expected = self.practice.moment(self.moment.uid).forecast
        came = reflecting.in_words("for_us", reflection.for_us)
        both = f"You expected “{reflecting.in_words('forecast', expected)}”; you say “{came}” now."
        say([["", f"Kept, about {day}{whom}.", *([both] if expected and came else [])]])


def ask_all(questions: Questions, asking: Asking, practice: Practice) -> None:
    """Ask them all, or until it is enough."""
    try:
        for question in asking(questions.said):
            _ask(questions, question, practice)
    except Enough:
        pass


def _ask(questions: Questions, question: Question, practice: Practice) -> None:
    if question.kind == DAY:
        questions.line(question.name, question.ask, question.explain, lambda typed: _day(practice, typed))
    elif question.scale:
        questions.line(question.name, _ask_rating(question), question.explain, lambda typed: _rating(question, typed))
    elif question.kind == LINE:
        questions.line(question.name, question.ask, question.explain)
    else:
        own_words = question.own_words
        questions.choose(question.name, question.ask, question.answers, question.explain, own_words=own_words)


def _ask_rating(question: Question) -> str:
    """The question, and the words that answer it, as a number stands for a number on one's own instrument."""
    return f"{question.ask} {'; '.join(question.answers.values())}; or a number."


def _rating(question: Question, typed: str) -> str | None:
    """One of the words, by itself or by its name, or a number on one's own instrument; None where it is neither."""
    named = [name for name, words in question.answers.items() if typed.lower() in (name, words.lower())]
    return named[0] if named else typed if on_scale(question, typed) else None


def _day(practice: Practice, typed: str) -> str | None:
    """A day that is typed, as it is noted; None where it is none, or gone by."""
    today = practice.journal.now().date()
    found = day_to_come(typed, today)
    return found.isoformat() if found and found >= today else None


def _any(said: dict[str, str]) -> bool:
    return any(said.values())


def the_moment(practice: Practice, uid: str | None, choose: bool) -> KeptMoment | None:
    """The moment to look back on: named, chosen from a list, or the last one without a reflection."""
    if uid:
        return practice.moment(uid)
    if choose:
        return chosen_moment(practice)
    return practice.not_reflected()


def chosen_moment(practice: Practice) -> KeptMoment | None:
    """One of the last moments, chosen by its number."""
    people = practice.nicknames()
    found = practice.moments(most=_MOST_SHOWN)
    lines = {m.uid: "; ".join(moment_words(practice, m, people.get(m.person_id or 0, ""))) for m in found}
    try:
        uid = Questions().choose("moment", WHICH, lines, "Enter leaves it.") if lines else None
    except (Enough, Danger):
        uid = None
    return next((moment for moment in found if moment.uid == uid), None)


def typed_day(practice: Practice, typed: str) -> date:
    """A day to come, from the command line. Raises UsageError."""
    found = _day(practice, typed)
    if found is None:
        raise click.UsageError(f"`{typed}` is not a day to come\n  {TO_COME}")
    return date.fromisoformat(found)
