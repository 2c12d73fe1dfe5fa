"""The application identifiers (AI): what each element of a GS1 code is, and how long it may be.

Source: GS1 General Specifications, section 3.2 (GS1 Application Identifiers in numerical order) and figure
7.8.5-2 (those of a predefined length, which no separator follows).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import re
from typing import Final

_CHARACTERS: Final = re.compile(r"[!\"#%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")
"""GS1 character sets 82 and 39 together, GS1 General Specifications, section 7.11."""
LONGEST_AI: Final = 4
SHORTEST_AI: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the value of an identifier is written."""

    shortest: int
    longest: int
    numeric: bool
    predefined: bool
    """Whether its length is known by its first two digits, so that no separator follows it."""

    def fits(self, value: str) -> bool:
        """Return whether a value is written so."""
        if not self.shortest <= len(value) <= self.longest:
            return False
        if self.numeric:
            return value.isascii() and value.isdigit()
        return _CHARACTERS.fullmatch(value) is not None


_TABLE: Final = """
00 n18=  01-02 n14=  10 x1-20  11-13 n6=  15-17 n6=  20 n2=  21-22 x1-20
235 x1-28  240-241 x1-30  242 n1-6  243 x1-20  250-251 x1-30  253 x13-30  254 x1-20  255 n13-25
30 n1-8  37 n1-8  310-316:5 n6=  320-337:5 n6=  340-357:5 n6=  360-369:5 n6=
390:9 n1-15  391:9 n4-18  392:9 n1-15  393:9 n4-18  394:3 n4  395:5 n6
400-401 x1-30  402 n17  403 x1-30  410-417 n13=  420 x1-20  421 x4-12  422 n3  423 n3-15  424 n3
425 n3-15  426 n3  427 x1-3
4300-4301 x1-35  4302-4303 x1-70  4304-4306 x1-70  4307 x2  4308 x1-30  4309 n20  4310-4311 x1-35
4312-4316 x1-70  4317 x2  4318 x1-20  4319 x1-30  4320 x1-35  4321-4323 n1  4324-4325 n10  4326 n6
4330-4333 x6-7
7001 n13  7002 x1-30  7003 n10  7004 n1-4  7005 x1-12  7006 n6  7007 n6-12  7008 x1-3  7009 x1-10
7010 x1-2  7011 n6-10  7020-7022 x1-20  7023 x1-30  7030-7039 x4-30  7040 x4  710-717 x1-20
7230-7239 x3-30  7240 x1-20  7241 n2  7242 x1-25  7250 n8  7251 n12  7252 n1  7253-7254 x1-40
7255 x1-10  7256 x1-90  7257 x1-70  7258 x3  7259 x1-40
8001 n14  8002 x1-20  8003 x14-30  8004 x1-30  8005 n6  8006 n18  8007 x1-34  8008 n8-12  8009 x1-50
8010 x1-30  8011 n1-12  8012 x1-20  8013 x1-25  8014 x1-25  8017-8018 n18  8019 n1-10  8020 x1-25
8026 n18  8030 x1-90  8040-8043 x1-90  8110 x1-70  8111 n4  8112 x1-70  8200 x1-70
90 x1-30  91-99 x1-90
"""
"""Each a span of identifiers and a form: ``n`` digits, ``x`` any character, ``=`` a predefined length.

``310-316:5`` stands for 3100 to 3165 with a last digit of at most 5: where its decimal point is.
"""


def _identifiers() -> Iterator[tuple[str, Form]]:
    tokens = _TABLE.split()
    for which, form in zip(tokens[::2], tokens[1::2], strict=True):
        span, _, decimals = which.partition(":")
        first, _, last = span.partition("-")
        shortest, _, longest = form[1:].rstrip("=").partition("-")
        written = Form(
            shortest=int(shortest),
            longest=int(longest or shortest),
            numeric=form[0] == "n",
            predefined=form.endswith("="),
        )
        for number in range(int(first), int(last or first) + 1):
            identifier = str(number).zfill(len(first))
            endings = [str(digit) for digit in range(int(decimals) + 1)] if decimals else [""]
            yield from ((f"{identifier}{ending}", written) for ending in endings)


FORMS: Final[Mapping[str, Form]] = dict(_identifiers())


def identifier_at(text: str, start: int) -> str | None:
    """Return the identifier that begins at a place in a text: none begins with another."""
    ends = range(start + SHORTEST_AI, start + LONGEST_AI + 1)
    return next((ai for end in ends if (ai := text[start:end]) in FORMS), None)
