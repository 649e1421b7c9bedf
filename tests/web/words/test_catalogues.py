"""Every message of the pages is in every catalogue, said, whole, and compiled."""

import gettext
import io
import random
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

import poise
from poise.rulebook.speech import plain
from poise.rulebook.wording import in_words
from poise.shelf import STARTERS, read
from poise.web.tongue import AWAITING, LANGUAGES, saying
from poise.weighing.telling import told

from .__main__ import FOLDERS, LOCALES, template
from .catalogue import Catalogue, Message, compiled, read_po, renewed, write_po
from .collecting import collected

HELP = "`make words` renews the catalogues; docs/translating.md says how"
HAN = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!()]|[,;:?!()][{HAN}]")
NOT_OURS = re.compile(
    "应该|應該|必须|必須|得分|分数|分數|排名|连胜|連勝|百分|违规|違規|事件|不当|不當|最优|最佳|[！%％]|!(?!=)"
)
MESSAGES = collected()


def po(language: str) -> Catalogue:
    return read_po((FOLDERS[language] / "poise.po").read_text("utf-8"))


def places(text: str) -> list[str]:
    """The placeholders of a template: `%(name)s` or `{name}`."""
    return sorted(
        {*re.findall(r"%\(\w+\)s", text), *(name for _, name, _, _ in string.Formatter().parse(text) if name)}
    )


def test_the_template_holds_the_messages_of_today() -> None:
    assert (LOCALES / "poise.pot").read_text("utf-8") == template(), HELP


def test_there_is_a_catalogue_for_every_language() -> None:
    assert {path.name for path in LOCALES.iterdir() if path.is_dir()} == {*LANGUAGES} - {"en"} == {*AWAITING}


@pytest.mark.parametrize("language", FOLDERS)
def test_nothing_is_missing_left_over_or_unsure(language: str) -> None:
    found = po(language)
    assert list(found.messages) == list(MESSAGES), HELP
    assert [each.id for each in found.messages.values() if not each.done] == []
    assert write_po(renewed(found, MESSAGES)) == (FOLDERS[language] / "poise.po").read_text("utf-8"), HELP


@pytest.mark.parametrize("language", FOLDERS)
def test_what_stands_in_a_sentence_stands_in_its_translation(language: str) -> None:
    found = po(language)
    for each in found.messages.values():
        for words in each.words:
            assert places(words) == places(each.plural or each.id), each.id
        assert len(each.words) == (found.forms if each.plural else 1), each.id


@pytest.mark.parametrize("language", FOLDERS)
def test_the_compiled_catalogue_says_the_same(language: str) -> None:
    found, data = po(language), (FOLDERS[language] / "poise.mo").read_bytes()
    assert data == compiled(found), HELP
    known = gettext.GNUTranslations(io.BytesIO(data))
    for each in found.messages.values():
        said = known.ngettext(each.id, each.plural, 1) if each.plural else known.gettext(each.id)
        assert said == each.words[0]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_punctuation_is_full_width_and_no_word_judges(language: str) -> None:
    for each in po(language).messages.values():
        for words in each.words:
            plain = re.sub(r"%\(\w+\)s|\{\w+\}", "", words)
            assert not HALF_WIDTH.search(plain), words
            assert not NOT_OURS.search(plain), words


def test_each_was_written_for_itself() -> None:
    """Quotes are set as they are set there, and no sign of the one script stands in the other."""
    hans, hant = (
        "".join(w for each in po(language).messages.values() for w in each.words) for language in ("zh-Hans", "zh-Hant")
    )
    assert not set("“”") & set(hant)
    assert not set("「」") & set(hans)
    assert not set("这们为么时间让说话处给对书边没样") & set(hant)
    assert not set("這們為麼時間讓說話處給對書邊沒樣") & set(hans)
    assert not any(word in hant for word in ("文件", "打印", "默認", "信息", "屏幕", "程序"))


@pytest.mark.parametrize("language", FOLDERS)
def test_a_catalogue_says_that_it_awaits_review(language: str) -> None:
    assert "Awaiting review by native readers" in po(language).notes[0]
    assert f"Language: {language}\n" in po(language).head


def test_a_sentence_made_in_python_is_said_in_the_language() -> None:
    assert saying("zh-Hant")("It leans to {lead}", lead="「X」") == "比較傾向於「X」"
    assert saying("en")("It leans to {lead}", lead="“{Y}”") == "It leans to “{Y}”"
    assert saying("zh-Hans")("") == ""


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n"\\'), min_size=1)


@given(st.dictionaries(TEXT, st.tuples(TEXT, st.booleans()), max_size=6), TEXT)
def test_a_catalogue_is_read_as_it_was_written(texts: dict[str, tuple[str, bool]], note: str) -> None:
    head = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
    messages = {
        id_: Message(id_, ("a.html", "b.py"), f"{id_}s" if several else "", (words,))
        for id_, (words, several) in texts.items()
    }
    made = Catalogue(head, (" ".join(note.split()).strip() or "x",), messages)
    assert read_po(write_po(made)) == made
    known = gettext.GNUTranslations(io.BytesIO(compiled(made)))
    for each in messages.values():
        assert (known.ngettext(each.id, each.plural, 5) if each.plural else known.gettext(each.id)) == each.words[0]


def test_a_new_message_waits_a_gone_one_goes_and_words_stay() -> None:
    old = Catalogue("", (), {"a": Message("a", words=("甲",)), "b": Message("b", words=("乙",))})
    found = renewed(old, {"b": Message("b", ("x.html",)), "c": Message("c")})
    assert [each.done for each in found.messages.values()] == [True, False]
    assert found.messages["b"] == Message("b", ("x.html",), words=("乙",))
    counted = renewed(old, {"a": Message("a", plural="as")})
    assert not counted.messages["a"].done


@pytest.mark.parametrize("name", STARTERS)
def test_every_sentence_that_a_weighing_says_is_in_the_catalogues(name: str) -> None:
    """Whatever is handed in says it: nothing of a weighing but the book's own words comes past it."""
    book, chance, asked = read(name), random.Random(11), set[str]()

    def say(template: str, /, **words: object) -> str:
        asked.add(template)
        return plain(template, **words)

    for _ in range(60):
        answers = {q.id: chance.choice(q.answers) for q in book.questions if chance.random() < 0.5}
        weighing = poise.weigh(book, poise.Moment(book, "mine" if chance.random() < 0.15 else "theirs", **answers))
        assert told(weighing, say) == told(weighing)
    assert asked <= set(MESSAGES)
    assert len(asked) > 20


@pytest.mark.parametrize("name", STARTERS)
def test_a_condition_is_said_in_the_language_with_the_book_s_own_words(name: str) -> None:
    book = read(name)
    for guideline in book.guidelines.values():
        for clause in guideline.clauses:
            said = in_words(book, clause.condition, saying("zh-Hant"))
            assert not re.search(r" (?:is|and|or|not|beyond)\b(?![^「]*」)", said), said
