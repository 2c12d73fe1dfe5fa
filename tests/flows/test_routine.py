"""Adding, changing and removing routines."""

from __future__ import annotations

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from .forms import (
    Form,
    async_add,
    async_edit,
    async_furnish,
    async_reach,
    called,
    changed,
    only,
    texts,
)
from .wrong import RIVALS, WRONG, Wrong

OFF_UNBOUND = "off_unbound"
EVENING = {"time": "21:30:00", "days": ["sat", "sun"]}
RICH: list[dict[str, Any]] = [
    {
        "kind": "alarm",
        "name": "Wake up",
        "media": {"media_content_id": "birds", "media_content_type": "music"},
    },
    {
        "kind": "coffee",
        "name": "Moka",
        "needs": ["milk", "ground coffee"],
        "essential": True,
        "ready": {"hours": 0, "minutes": 4, "seconds": 30},
        "max_on": {"hours": 0, "minutes": 30, "seconds": 0},
    },
    {
        "kind": "light",
        "name": "Lamp",
        "brightness": 35.0,
        "after_previous": True,
        "done_by": "sequence",
        "actions": [{"action": "light.turn_on", "target": {"entity_id": "light.kitchen_light"}}],
    },
    {"kind": "light", "name": "Other lamp", "done_by": "automation"},
]


@pytest.fixture
async def couple(entry: ConfigEntry, hass: HomeAssistant) -> ConfigEntry:
    """Return Cerebro with Ada, her routine, and Grace."""
    await (await async_add(hass, entry, "occupant")).async_enter()
    return entry


def _ids(entry: ConfigEntry, title: str = "Ada’s morning") -> list[str]:
    return [step["id"] for step in called(entry, title).data["steps"]]


async def _edited(hass: HomeAssistant, entry: ConfigEntry, **changes: Any) -> Form:
    form = await async_edit(hass, entry, only(entry, "routine"))
    await form.async_enter(**changes)
    assert form.end() == "reconfigure_successful"
    return form


# Adding.


async def test_a_routine_is_proposed_to_whoever_has_none(couple: ConfigEntry, hass: HomeAssistant) -> None:
    form = await async_add(hass, couple, "routine")
    assert form.step == "user"
    assert form.values["name"] == "Grace’s morning"
    assert form.values["occupants"] == [called(couple, "Grace").subentry_id]
    await form.async_enter(time="07:30:00")
    assert called(couple, "Grace’s morning").data["occupants"] == [called(couple, "Grace").subentry_id]
    state = hass.states.get("sensor.graces_morning_next_wake_up")
    assert state is not None
    assert state.state == "2026-11-24T06:30:00+00:00"


async def test_a_second_routine_gets_a_name_and_a_life_of_its_own(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await async_add(hass, entry, "routine")
    assert form.values["name"] == "Ada’s morning 2"
    await form.async_enter(**EVENING)
    assert called(entry, "Ada’s morning 2").data["wake"]["times"] == {"sat": "21:30:00", "sun": "21:30:00"}
    state = hass.states.get("sensor.adas_morning_2_next_wake_up")
    assert state is not None
    assert state.state == "2026-11-28T20:30:00+00:00"


async def test_a_routine_needs_an_occupant_first(entry: ConfigEntry, hass: HomeAssistant) -> None:
    for kind in ("routine", "occupant"):
        hass.config_entries.async_remove_subentry(entry, only(entry, kind).subentry_id)
    await hass.async_block_till_done()
    assert (await async_add(hass, entry, "routine")).end() == "no_occupants"


async def test_an_occupant_who_left_while_the_form_was_open_is_not_woken(
    couple: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await async_add(hass, couple, "routine")
    hass.config_entries.async_remove_subentry(couple, called(couple, "Grace").subentry_id)
    await hass.async_block_till_done()
    await form.async_enter(time="08:00:00")
    assert form.errors == {"occupants": "no_occupants"}


# What is wrong.


@pytest.mark.parametrize("wrong", RIVALS.values(), ids=RIVALS)
async def test_what_fights_with_another_routine_is_shown_again_as_it_was_entered(
    couple: ConfigEntry, hass: HomeAssistant, wrong: Wrong
) -> None:
    form = await async_add(hass, couple, "routine")
    right = changed(form.values, {"time": "07:30:00"})
    entered = changed(right, wrong.entered)
    await form.async_send(entered)
    assert form.errors == {wrong.field: wrong.key}
    assert form.values == entered
    for language in ("en", "fr"):
        error = texts(language)["config_subentries"]["routine"]["error"][wrong.key]
        assert wrong.says in error.format(**form.placeholders)
    await form.async_send(right)
    assert called(couple, "Grace’s morning").data["wake"]["times"]["mon"] == "07:30:00"


async def test_a_form_that_is_wrong_again_and_again_keeps_what_was_entered(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    hass.config_entries.async_update_entry(
        entry,
        data={"roles": {role: of for role, of in entry.data["roles"].items() if role != "kitchen_light"}},
    )
    await hass.async_block_till_done()
    before = only(entry, "routine")
    form = await async_edit(hass, entry, before)
    right = form.values
    for wrong in WRONG.values():
        entered = changed(right, wrong.entered)
        await form.async_send(entered)
        assert form.step == "reconfigure"
        assert form.errors == {wrong.field: wrong.key}
        assert form.values == entered
        error = texts("en")["config_subentries"]["routine"]["error"][wrong.key]
        assert wrong.says in error.format(**form.placeholders)
        assert only(entry, "routine") == before
    assert (await form.async_send(right)).end() == "reconfigure_successful"


@pytest.mark.parametrize("done_by", ["built_in", "sequence", "automation"])
async def test_what_cerebro_could_not_put_off_is_left_to_an_automation_or_not_done(
    entry: ConfigEntry, hass: HomeAssistant, done_by: str
) -> None:
    roles = {role: of for role, of in entry.data["roles"].items() if role != "shower"}
    hass.config_entries.async_update_entry(entry, data={"roles": roles})
    await hass.async_block_till_done()
    form = await async_edit(hass, entry, only(entry, "routine"))
    shower = {"kind": "shower", "name": "Bath", "done_by": done_by}
    if done_by == "sequence":
        shower["actions"] = [{"action": "valve.open_valve", "target": {"entity_id": "valve.shower_valve"}}]
    await form.async_send(changed(form.values, {"steps": [{"kind": "alarm"}, shower]}))
    if done_by == "automation":
        assert form.end() == "reconfigure_successful"
        return
    assert form.errors == {"steps": OFF_UNBOUND}
    for language in ("en", "fr"):
        error = texts(language)["config_subentries"]["routine"]["error"][OFF_UNBOUND]
        assert "Bath" in error.format(**form.placeholders)


def test_no_error_is_written_that_no_test_shows() -> None:
    shown = {wrong.key for wrong in (*WRONG.values(), *RIVALS.values())} | {OFF_UNBOUND}
    assert set(texts("en")["config_subentries"]["routine"]["error"]) == shown


@pytest.mark.parametrize(
    "peaceful",
    [
        {"time": "07:12:00"},
        {"time": "06:48:00"},
        {"days": ["sat", "sun"]},
        {"steps": [{"kind": "alarm"}, {"kind": "coffee"}]},
    ],
    ids=["later", "earlier", "on other days", "without a shower"],
)
async def test_two_routines_that_keep_out_of_each_others_way_are_fine(
    couple: ConfigEntry, hass: HomeAssistant, peaceful: dict[str, Any]
) -> None:
    await (await async_add(hass, couple, "routine")).async_enter(**peaceful)
    assert called(couple, "Grace’s morning").subentry_type == "routine"


async def test_the_same_occupant_does_not_fight_for_the_shower(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    await (await async_add(hass, entry, "routine")).async_enter()
    assert called(entry, "Ada’s morning 2").subentry_type == "routine"


async def test_the_error_says_how_far_apart_two_showers_must_be(
    couple: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await async_add(hass, couple, "routine")
    await form.async_enter()
    assert form.errors == {"steps": "shower_taken"}
    assert form.placeholders == {"other": "Ada’s morning", "minutes": "9"}
    await form.async_enter(time="07:08:59")
    assert form.errors == {"steps": "shower_taken"}
    await form.async_enter(time="07:09:00")
    assert called(couple, "Grace’s morning").subentry_type == "routine"


# Changing.


async def test_a_new_name_is_taken_up_everywhere(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _edited(hass, entry, name=" Up with the lark ", time="05:30:00")
    assert only(entry, "routine").title == "Up with the lark"
    state = hass.states.get("sensor.cerebro")
    assert state is not None
    assert state.attributes["routine"] == "Up with the lark"
    assert state.attributes["wake_time"] == "2026-11-25T05:30:00+01:00"


async def test_what_was_entered_stands_in_the_form_again(entry: ConfigEntry, hass: HomeAssistant) -> None:
    entered = {
        "steps": RICH,
        "wake": {
            "other_times": [{"time": "09:00:00", "days": ["sat", "sun"]}],
            "earliest": "05:00:00",
            "latest": "10:00:00",
            "holidays": "move",
            "holiday_time": "08:30:00",
            "preparation": {"hours": 1, "minutes": 15, "seconds": 0},
            "leave_by": "10:30:00",
            "quiet_until": "06:30:00",
        },
        "alarm": {"start_volume": 12.5, "snooze_limit": 0, "snooze_length": {"minutes": 7, "seconds": 30}},
    }
    form = await async_edit(hass, entry, only(entry, "routine"))
    expected = changed(form.values, entered)
    await form.async_send(expected)
    form = await async_edit(hass, entry, only(entry, "routine"))
    given = {**RICH[0], "done_by": "built_in"}, {**RICH[1], "done_by": "built_in"}, *RICH[2:]
    assert form.values == expected | {"steps": list(given)}
    kept = only(entry, "routine").data
    assert kept["steps"][2]["after"] == ["coffee"]
    assert (await form.async_enter()).end() == "reconfigure_successful"
    assert only(entry, "routine").data == kept


async def test_the_products_of_a_step_are_kept_each_once_however_they_are_entered(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    await _edited(hass, entry, steps=[{**RICH[1], "needs": [" Milk, ground   coffee", "milk,", ""]}])
    assert only(entry, "routine").data["steps"][0]["needs"] == ["milk", "ground coffee"]
    await _edited(hass, entry, steps=[{**RICH[1], "needs": [" , "]}])
    assert "needs" not in only(entry, "routine").data["steps"][0]


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        ([3, 2, 1, 0], ["light_2", "light", "coffee", "alarm"]),
        ([0, 3], ["alarm", "light_2"]),
        ([0, 1, 2, 3, "coffee"], ["alarm", "coffee", "light", "light_2", "coffee_2"]),
        ([0, 2, 3, "light"], ["alarm", "light", "light_2", "light_3"]),
    ],
    ids=["reordered", "removed", "one more", "another lamp"],
)
async def test_a_step_keeps_its_id_whatever_happens_around_it(
    entry: ConfigEntry, hass: HomeAssistant, rows: list[int | str], ids: list[str]
) -> None:
    await _edited(hass, entry, steps=RICH)
    assert _ids(entry) == ["alarm", "coffee", "light", "light_2"]
    form = await async_edit(hass, entry, only(entry, "routine"))
    before = form.values["steps"]
    after = [{"kind": row, "name": "New"} if isinstance(row, str) else before[row] for row in rows]
    await form.async_enter(steps=after)
    assert _ids(entry) == ids


async def test_a_renamed_step_keeps_its_id(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _edited(hass, entry, steps=RICH)
    form = await async_edit(hass, entry, only(entry, "routine"))
    renamed = [row | {"name": f"My {row['name']}"} for row in form.values["steps"]]
    await form.async_enter(steps=renamed)
    assert _ids(entry) == ["alarm", "coffee", "light", "light_2"]
    assert [step["name"] for step in only(entry, "routine").data["steps"]] == [
        "My Wake up",
        "My Moka",
        "My Lamp",
        "My Other lamp",
    ]


async def test_a_step_that_comes_back_has_the_id_it_had(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await async_edit(hass, entry, only(entry, "routine"))
    before = form.values["steps"]
    await form.async_enter(steps=[row for row in before if row["kind"] != "shower"])
    assert _ids(entry) == ["alarm", "coffee", "news"]
    await _edited(hass, entry, steps=before)
    assert _ids(entry) == ["alarm", "coffee", "shower", "news"]


async def test_what_no_form_shows_is_kept(entry: ConfigEntry, hass: HomeAssistant) -> None:
    routine = only(entry, "routine")
    steps = [dict(step) for step in routine.data["steps"]]
    steps[1]["backoff"] = 40.0
    steps[3]["after"] = ["coffee"]
    data = {
        **routine.data,
        "steps": steps,
        "alarm": {**routine.data["alarm"], "loudness_factor": 1.5},
        "wake": {**routine.data["wake"], "learned": True},
        "autonomy": "ask",
    }
    hass.config_entries.async_update_subentry(entry, routine, data=data)
    await hass.async_block_till_done()
    form = await async_edit(hass, entry, only(entry, "routine"))
    swapped = [form.values["steps"][number] for number in (0, 2, 1, 3)]
    await form.async_enter(steps=swapped)
    kept = only(entry, "routine").data
    assert kept["autonomy"] == "ask"
    assert kept["wake"]["learned"] is True
    assert kept["alarm"]["loudness_factor"] == 1.5
    assert [step["id"] for step in kept["steps"]] == ["alarm", "shower", "coffee", "news"]
    assert kept["steps"][2]["backoff"] == 40.0
    assert kept["steps"][3]["after"] == ["coffee"]


async def test_a_step_waits_for_another_only_as_long_as_that_comes_before_it(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    routine = only(entry, "routine")
    steps = [dict(step) for step in routine.data["steps"]]
    steps[3]["after"] = ["coffee"]
    hass.config_entries.async_update_subentry(entry, routine, data={**routine.data, "steps": steps})
    await hass.async_block_till_done()
    form = await async_edit(hass, entry, only(entry, "routine"))
    await form.async_enter(steps=[form.values["steps"][number] for number in (0, 2, 3, 1)])
    assert "after" not in only(entry, "routine").data["steps"][2]


async def test_an_occupant_who_left_is_no_longer_among_those_who_are_woken(
    couple: ConfigEntry, hass: HomeAssistant
) -> None:
    both = [called(couple, name).subentry_id for name in ("Ada", "Grace")]
    await _edited(hass, couple, occupants=both)
    hass.config_entries.async_remove_subentry(couple, both[0])
    await hass.async_block_till_done()
    form = await async_edit(hass, couple, only(couple, "routine"))
    assert form.values["occupants"] == both[1:]


async def test_a_routine_that_is_removed_takes_its_device_along(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    hass.config_entries.async_remove_subentry(entry, only(entry, "routine").subentry_id)
    await hass.async_block_till_done()
    assert hass.states.get("sensor.adas_morning_status") is None
    state = hass.states.get("sensor.cerebro")
    assert state is not None
    assert state.state == "idle"


async def test_the_times_of_the_clock_do_not_matter_where_the_phone_alone_wakes(
    couple: ConfigEntry, hass: HomeAssistant
) -> None:
    grace = called(couple, "Grace")
    hass.config_entries.async_update_subentry(
        couple, grace, data={**grace.data, "next_alarm": "sensor.pocket_next_alarm"}
    )
    await hass.async_block_till_done()
    form = await async_add(hass, couple, "routine")
    await form.async_enter(sources=["phone_alarm"], days=[], wake={"earliest": "08:00:00"})
    assert called(couple, "Grace’s morning").data["wake"]["times"] == {}


async def test_a_steps_choices_are_named_in_the_homes_language(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_furnish(hass, freezer, language="fr")
    form = await async_reach(hass, "routine")
    fields = form.result["data_schema"].schema["steps"].config["fields"]
    named = {one["value"]: one["label"] for one in fields["kind"]["selector"].config["options"]}
    assert named == texts("fr")["selector"]["step_kind"]["options"]
