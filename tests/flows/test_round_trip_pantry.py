"""What is kept of a pantry, a shop and the options, shown in their forms and kept again stays what it was."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custom_components.cerebro.core.autonomy import Autonomy
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.flows import hours, options, pantry, shop
from custom_components.cerebro.managers.pantry.settings import times_from
from custom_components.cerebro.managers.settings import WEEKDAYS
from custom_components.cerebro.managers.texts import Texts

SHOP = shop.shop_schema(Texts({}))

clock = st.times().map(lambda at: at.replace(microsecond=0).isoformat())
days = st.lists(st.sampled_from(WEEKDAYS), max_size=9)
rows = st.lists(st.fixed_dictionaries({"days": days, "from": clock, "to": clock}), max_size=6)
durations = st.fixed_dictionaries({"hours": st.integers(0, 12), "minutes": st.integers(0, 90)})


def entities(domain: str) -> st.SearchStrategy[str]:
    """Return entity ids."""
    return st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True).map(lambda name: f"{domain}.{name}")


pantries = st.fixed_dictionaries(
    {
        "name": st.just("Fridge"),
        "place": st.sampled_from([one.value for one in Place]),
        "limits": st.fixed_dictionaries(
            {},
            optional={"door_limit": durations, "shelf_life": st.integers(1, pantry.LONGEST_SHELF_LIFE)},
        ),
    },
    optional={"temperature": entities("sensor"), "door": entities("binary_sensor")},
)
destinations = st.one_of(
    st.fixed_dictionaries({"todo": entities("todo")}),
    st.fixed_dictionaries({"notify": entities("notify")}),
    st.fixed_dictionaries({"phone": st.just("device")}),
    st.fixed_dictionaries({"webhook": st.just("https://shop.example/list")}),
)
shops = st.fixed_dictionaries(
    {"name": st.just("Market"), "destination": destinations, "delivery": st.booleans()},
    optional={
        "carries": st.lists(st.sampled_from([one.value for one in Category])),
        "times": rows,
        "zone": entities("zone"),
    },
)
wishes = st.fixed_dictionaries(
    {
        "install_blueprints": st.booleans(),
        "pantry_autonomy": st.sampled_from([one.value for one in Autonomy]),
        "open_food_facts": st.booleans(),
    },
    optional={"ai_task": entities("ai_task")},
)
with_a_home = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@with_a_home
@given(entered=pantries)
async def test_a_pantry_is_kept_as_it_is_shown(hass: HomeAssistant, entered: dict[str, Any]) -> None:
    first = pantry.pantry_data(hass, pantry.SCHEMA(entered))
    shown = pantry.pantry_values(hass, "Fridge", first)
    assert pantry.pantry_data(hass, pantry.SCHEMA(shown)) == first
    assert pantry.pantry_values(hass, "Fridge", first) == shown


@with_a_home
@given(entered=shops)
async def test_a_shop_is_kept_as_it_is_shown(hass: HomeAssistant, entered: dict[str, Any]) -> None:
    first = shop.shop_data(hass, SHOP(entered))
    shown = shop.shop_values(hass, "Market", first)
    assert shown["destination"] == entered["destination"]
    assert shop.shop_data(hass, SHOP(shown)) == first


@with_a_home
@given(entered=wishes)
async def test_the_options_are_kept_as_they_are_shown(hass: HomeAssistant, entered: dict[str, Any]) -> None:
    first = options.option_data(hass, options.SCHEMA(entered))
    shown = options.option_values(hass, first)
    assert shown == entered
    assert options.option_data(hass, options.SCHEMA(shown)) == first


@given(entered=rows)
def test_times_without_an_error_are_in_order_and_never_overlap(entered: list[dict[str, Any]]) -> None:
    spans = times_from(hours.kept_hours(entered))
    clash = any(
        one is not other
        and one.weekday == other.weekday
        and one.begins < other.ends
        and other.begins < one.ends
        for one in spans
        for other in spans
    )
    fine = all(row["days"] for row in entered) and all(one.begins < one.ends for one in spans) and not clash
    assert (hours.hours_error(entered) is None) is fine
    if fine:
        assert list(spans) == sorted(spans)
