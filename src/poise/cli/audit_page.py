"""An audit as one page that stands by itself: no request leaves it, it can be printed, and read in light or dark.

Stones are the product's picture: the larger a stone, the more often a response leads. Words stand beside every stone.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from html import escape
from itertools import groupby

from ..examining.audit import Audit
from ..examining.reach import Leads
from ..examining.saying import how_often, in_short
from ..examining.telling import HEADINGS, Section, Table, by_share, sections
from ..rulebook.rulebook import Rulebook
from .audit_style import STYLE

START = "<!doctype html>\n<!-- poise audit -->"


def page(audited: Audit) -> str:
    """The whole page."""
    title = escape(f"{audited.book.title}: what it does")
    opening, *rest = sections(audited)
    body = "\n".join([_opening(opening), *(_section(audited, section) for section in rest)])
    return f"""{START}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _opening(section: Section) -> str:
    return (
        f"<header>\n<p>Poise: an audit</p>\n<h1>{escape(section.heading)}</h1>\n{_paragraphs(section.lines)}\n</header>"
    )


def _section(audited: Audit, section: Section) -> str:
    """A section under its heading, with the picture of its list if it has one."""
    name = next((name for name, heading in HEADINGS.items() if heading == section.heading), "")
    leads = audited.reach.lists.get(name)
    picture = _picture(audited.book, leads) if leads and leads.weighed else ""
    tables = "\n".join(_table(section.heading, table) for table in section.tables)
    parts = [f"<h2>{escape(section.heading)}</h2>", picture, _paragraphs(section.lines), tables]
    return f'<section class="{name or "plain"}">\n' + "\n".join(part for part in parts if part) + "\n</section>"


def _paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs, indented ones as a list."""
    found = []
    for indented, group in groupby(lines, key=lambda line: line.startswith("  ")):
        texts = [escape(line.strip()) for line in group]
        if indented:
            found.append("<ul>\n" + "\n".join(f"<li>{text}</li>" for text in texts) + "\n</ul>")
        else:
            found += [f"<p>{text}</p>" for text in texts]
    return "\n".join(found)


def _picture(book: Rulebook, leads: Leads) -> str:
    """A list with one stone for each response, as large as how often it leads; words beside every stone."""
    items = "\n".join(_item(book.responses[response].say, leads.first(response)) for response in by_share(leads))
    caption = "The larger a stone, the more invented situations lean that way."
    return f'<figure>\n<ul class="stones">\n{items}\n</ul>\n<figcaption>{caption}</figcaption>\n</figure>'


def _item(say: str, share: Fraction) -> str:
    words = f"<span>{escape(say)}<small>{how_often(share)}</small></span>"
    return f"<li>{_drawn(share, 64)}{words}</li>"


def _drawn(share: Fraction, width: int) -> str:
    """A stone in a frame of this width; what it says stands in words beside it."""
    height = round(width * 0.68)
    frame = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true"'
    return f"<svg {frame}>{_stone(width / 2, height / 2, share, width / 2)}</svg>"


def _stone(x: float, y: float, share: Fraction, largest: float) -> str:
    """An ellipse whose area is the share; a ring where there is none."""
    if not share:
        return f'<circle class="none" cx="{x:g}" cy="{y:g}" r="3"/>'
    across = max(largest * float(share) ** 0.5, 1.5)
    return f'<ellipse class="stone" cx="{x:g}" cy="{y:g}" rx="{across:.1f}" ry="{across * 0.68:.1f}"/>'


def _table(heading: str, table: Table) -> str:
    """A table with a stone and words in every cell. It can be scrolled sideways, with the keyboard too."""
    heads = "".join(f'<th scope="col">{escape(say)}</th>' for say in table.columns)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row.label)}</th>{"".join(_cell(share, row.weighed) for share in row.shares)}</tr>'
        for row in table.rows
    )
    question, heading = escape(table.question, quote=True), escape(heading, quote=True)
    return f"""<div class="scroll" role="region" aria-label="{heading}: {question}" tabindex="0">
<table>
<caption>{question}</caption>
<thead><tr><td></td>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>"""


def _cell(share: Fraction, weighed: bool) -> str:
    if not weighed:
        return "<td>not weighed</td>"
    return f"<td>{_drawn(share, 40)}{in_short(share)}</td>"
