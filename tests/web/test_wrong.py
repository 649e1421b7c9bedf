"""What goes wrong is said in the language of the pages, and changes nothing."""

from __future__ import annotations

import re

import pytest

from .site import Answer, Visitor

IN_ENGLISH = re.compile(r"[A-Za-z’'-]+(?:[ ,;:]+[A-Za-z’'-]+){2,}")
WRONG = {
    "zh-Hans": ("日记没有打开：这不是它的口令", "这条记录", "昵称是空的"),
    "zh-Hant": ("日記沒有開啟：這不是它的口令", "這條記錄", "暱稱是空的"),
}
"""{language: a wrong passphrase, an entry that is not there, a nickname of nothing but spaces}."""


def _main(answer: Answer) -> str:
    main = re.search(r"<main\b.*?</main>", answer.text, re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]*>", " ", main[0]).split())


@pytest.mark.parametrize("language", WRONG)
def test_what_goes_wrong_is_said_in_the_language_of_the_pages(unlocked: Visitor, language: str) -> None:
    passphrase, entry, nickname = WRONG[language]
    assert unlocked.send("/settings/look", {"language": language, "appearance": "system"}).status == 303
    gone = unlocked.get("/afterwards/0123456789abcdef0123456789abcdef")
    assert gone.status == 404
    assert entry in _main(gone)
    empty = unlocked.send("/people", {"nickname": " "})
    assert nickname in _main(empty)
    unlocked.send("/lock")
    wrong = unlocked.send("/unlock", {"passphrase": "something else"})
    assert wrong.status == 422
    assert passphrase in _main(wrong)
    assert [IN_ENGLISH.findall(_main(each)) for each in (gone, empty, wrong)] == [[], [], []]
