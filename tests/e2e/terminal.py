"""What the demo prints, as a picture of a terminal."""

from __future__ import annotations

from html import escape
import re

LINE = re.compile(r"^(?P<when>\d\d:\d\d +[+-]\S+ s) +(?P<who>\S+) +(?P<what>.*)$")
PAGE = """\
<meta charset="utf-8">
<style>
  body {{ margin: 0; background: #fbfaf8; color: #2b2b2b; font: 12.5px/1.5 "DejaVu Sans Mono", monospace; }}
  pre {{ margin: 0; padding: 20px 24px; font: inherit; white-space: pre-wrap; }}
  .when {{ color: #8a8580; }}
  .home {{ color: #2e7d32; }}
  .Cerebro {{ color: #8e24aa; font-weight: bold; }}
  .Ada {{ color: #00758f; font-weight: bold; }}
  .phone {{ color: #b26a00; }}
</style>
<pre>{lines}</pre>
"""


def page_of(printed: str) -> str:
    """Return what was printed as a page, each line in the colour of whom it is about."""
    return PAGE.format(lines="\n".join(_shown(line) for line in printed.strip().splitlines()))


def _shown(line: str) -> str:
    found = LINE.match(line)
    if found is None:
        return escape(line)
    who = found["who"]
    return (
        f'<span class="when">{found["when"]}</span>'
        f'  <span class="{who}">{who:<8}</span> {escape(found["what"])}'
    )
