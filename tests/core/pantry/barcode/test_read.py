"""What a code says: numbers, element strings and addresses."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.barcode import LONGEST, read
from custom_components.cerebro.core.pantry.barcode.gtin import check_digit, checks
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.quantity import PACK, PIECE, Amount

TODAY = date(2026, 11, 25)
SPREAD = "03017620422003"
AB = f"(01){SPREAD}"


@pytest.mark.parametrize(
    ("code", "gtin"),
    [
        ("3017620422003", SPREAD),
        (" 3 017620 422003\r\n", SPREAD),
        ("]E03017620422003", SPREAD),
        (SPREAD, SPREAD),
        ("012345678905", "00012345678905"),
        ("96385074", "00000096385074"),
        ("04252614", "00042100005264"),
        (f"01{SPREAD}", SPREAD),
        (f"https://shop.example/a/01/{SPREAD}", SPREAD),
        ("/gtin/3017620422003", SPREAD),
    ],
)
def test_a_product_is_known_by_its_number(code: str, gtin: str) -> None:
    assert read(code, TODAY).gtin == gtin


@pytest.mark.parametrize(
    "code",
    [
        f"]C101{SPREAD}10AB-1\x1d1727013121XY",
        f"01{SPREAD}1727013110AB-1\x1d21XY",
        f"{AB}(10)AB-1(17)270131(21)XY",
        f"https://id.gs1.org/01/{SPREAD}/10/AB%2D1/21/XY?17=270131&utm_source=box",
        f"/gtin/{SPREAD}/lot/AB-1/serial/XY?exp=270131",
    ],
)
def test_batch_serial_and_date_come_with_the_code_however_it_is_carried(code: str) -> None:
    scanned = read(code, TODAY)
    assert (scanned.gtin, scanned.batch, scanned.serial) == (SPREAD, "AB-1", "XY")
    assert scanned.best_before == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("270200", date(2027, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
    ],
)
def test_a_date_is_of_the_nearest_century_and_no_day_is_the_last(digits: str, day: date) -> None:
    assert read(f"{AB}(15){digits}", TODAY).best_before == day


def test_a_year_just_past_the_turn_of_the_century_is_of_the_next() -> None:
    assert read(f"{AB}(17)010101", date(2099, 6, 1)).best_before == date(2101, 1, 1)


def test_the_use_by_date_goes_before_the_best_before_date() -> None:
    assert read(f"{AB}(15)270301(17)270131", TODAY).best_before == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("element", "amount"),
    [
        ("(3103)000195", Amount(value=0.195, unit="kg")),
        ("(3152)000150", Amount(value=1.5, unit="L")),
        ("(3202)000150", Amount(value=1.5, unit="lb")),
        ("(3571)000085", Amount(value=8.5, unit="oz")),
        ("(30)12", Amount(value=12.0, unit=PIECE)),
        ("(37)6", Amount(value=6.0, unit=PACK)),
        ("(3103)000000", None),
    ],
)
def test_what_was_weighed_or_counted_is_an_amount(element: str, amount: Amount | None) -> None:
    assert read(AB + element, TODAY).amount == amount


def test_a_price_is_in_thousandths_and_may_say_its_currency() -> None:
    assert read(f"{AB}(3922)249", TODAY).price == 2490
    priced = read(f"{AB}(3932)978249", TODAY)
    assert (priced.price, priced.currency) == (2490, "978")


def test_what_a_shop_weighed_is_one_article_whatever_it_weighs() -> None:
    light, heavy = (f"{body}{check_digit(body)}" for body in ("241234501234", "241234509876"))
    first, second = read(light, TODAY), read(heavy, TODAY)
    assert first.gtin == second.gtin
    assert first.gtin is not None
    assert checks(first.gtin)
    assert first.in_store is not None
    assert (first.in_store.number, first.in_store.value) == (f"0{light}", "01234")
    assert first.amount is None


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("3017620422004", "wrong_check_digit"),
        ("(01)03017620422004", "wrong_check_digit"),
        ("", "bad_barcode"),
        ("hello", "bad_barcode"),
        ("٣٠١٧٦٢٠٤٢٢٠٠٣", "bad_barcode"),
        ("30176\x00422003", "bad_barcode"),
        (f"{AB}(17)271301", "bad_barcode"),
        (f"{AB}(10)A(10)B", "bad_barcode"),
        (f"01{SPREAD}05123", "bad_barcode"),
        (f"01{SPREAD}10{'A' * 21}", "bad_barcode"),
        ("https://shop.example/about", "bad_barcode"),
        ("1" * (LONGEST + 1), "barcode_too_long"),
    ],
)
def test_a_bad_code_is_refused(code: str, key: str) -> None:
    with pytest.raises(PantryError) as refused:
        read(code, TODAY)
    assert refused.value.key == key


@given(st.text(max_size=80) | st.from_regex(r"[\d()\x1d/]{0,60}", fullmatch=True))
def test_any_text_is_read_or_refused(code: str) -> None:
    key, scanned = "", None
    try:
        scanned = read(code, TODAY)
    except PantryError as refused:
        key = refused.key
    if scanned is None:
        assert key in {"bad_barcode", "wrong_check_digit"}
    else:
        assert scanned.gtin is None or (len(scanned.gtin) == 14 and checks(scanned.gtin))
        assert scanned.amount is None or scanned.amount.value > 0


@given(st.integers(0, 10**12 - 1), st.integers(0, 11), st.integers(1, 9))
def test_one_digit_misread_is_always_noticed(body: int, place: int, more: int) -> None:
    digits = str(body).zfill(12)
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert check_digit(wrong) != check_digit(digits)
