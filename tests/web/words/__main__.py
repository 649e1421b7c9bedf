"""Renews the catalogues: what is new stands in them without words, what is gone leaves them, and each is compiled."""

from __future__ import annotations

from poise.web.tongue import LANGUAGES

from .catalogue import Catalogue, compiled, read_po, renewed, write_po
from .collecting import HOUSE, collected

LOCALES = HOUSE / "web" / "locales"
HEAD = "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
FOLDERS = {language: LOCALES / language / "LC_MESSAGES" for language in LANGUAGES if language != "en"}


def template() -> str:
    """The messages of today, for somebody who begins another language."""
    notes = ("The words of Poise's pages. See docs/translating.md.",)
    return write_po(Catalogue(f"{HEAD}Plural-Forms: nplurals=2; plural=(n != 1);\n", notes, collected()), template=True)


def main() -> None:
    """Renew all of them, and say what has no words yet."""
    messages = collected()
    (LOCALES / "poise.pot").write_text(template(), "utf-8")
    for language, folder in FOLDERS.items():
        path = folder / "poise.po"
        found = renewed(read_po(path.read_text("utf-8")), messages)
        path.write_text(write_po(found), "utf-8")
        (folder / "poise.mo").write_bytes(compiled(found))
        missing = [each.id for each in found.messages.values() if not each.done]
        print(f"{language}: {len(messages)} messages, {len(missing)} without words yet")
        for each in missing:
            print(f"  {each}")


if __name__ == "__main__":
    main()
