"""Element strings of any identifiers: what was put in is what is read."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from custom_components.cerebro.core.pantry.barcode import read
from custom_components.cerebro.core.pantry.barcode.gs1_128 import SEPARATOR
from custom_components.cerebro.core.pantry.barcode.gtin import check_digit, checks
from custom_components.cerebro.core.pantry.barcode.identifiers import FORMS, identifier_at

TODAY = date(2026, 11, 25)
LETTERS = "ABCXYZabcxyz0123456789-_./+"
SPOKEN_FOR = {"00", "01", "02", "8006", "11", "13", "15", "16", "17", "7003"}
"""Identifiers whose values must make sense beyond their form: a check digit, or a date."""
OTHERS = sorted(set(FORMS) - SPOKEN_FOR - {"10", "21"})

bodies = st.integers(9 * 10**12, 10**13 - 1).map(str)
gtins = bodies.map(lambda body: body + check_digit(body))
words = st.text(LETTERS, min_size=1, max_size=20)


@st.composite
def others(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Draw elements that say nothing of a product, each identifier once."""
    found = []
    for identifier in draw(st.lists(st.sampled_from(OTHERS), unique=True, max_size=5)):
        form = FORMS[identifier]
        letters = "0123456789" if form.numeric else LETTERS
        found.append((identifier, draw(st.text(letters, min_size=form.shortest, max_size=form.longest))))
    return found


def scanned(elements: list[tuple[str, str]]) -> str:
    """Write elements as a scanner sends them."""
    ends = ["" if FORMS[identifier].predefined else SEPARATOR for identifier, _ in elements]
    return "".join(f"{one}{value}{end}" for (one, value), end in zip(elements, ends, strict=True))


@given(
    gtin=gtins,
    batch=words,
    serial=words,
    day=st.dates(date(1980, 1, 1), date(2070, 1, 1)),
    more=others(),
    data=st.data(),
)
def test_what_a_string_of_elements_says_is_read_in_any_order_and_in_print(
    *, gtin: str, batch: str, serial: str, day: date, more: list[tuple[str, str]], data: st.DataObject
) -> None:
    said = [("01", gtin), ("10", batch), ("21", serial), ("17", f"{day:%y%m%d}"), *more]
    elements = data.draw(st.permutations(said))
    for code in (
        scanned(elements),
        f"]d2{SEPARATOR}{scanned(elements)}",
        "".join(f"({identifier}){value}" for identifier, value in elements),
    ):
        found = read(code, TODAY)
        assert (found.gtin, found.batch, found.serial, found.best_before) == (gtin, batch, serial, day)


@given(st.text("0123456789", min_size=1, max_size=17))
def test_a_number_with_its_check_digit_checks(body: str) -> None:
    assert checks(body + check_digit(body))


def test_no_identifier_begins_with_another() -> None:
    assert all(identifier_at(f"{identifier}000000", 0) == identifier for identifier in FORMS)
