"""The blueprints, loaded and run by Home Assistant’s own engine in the demo home."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import BLUEPRINT_SCHEMA, Blueprint
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, Event
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util import yaml as yaml_util
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.cerebro.managers.blueprints import SHIPPED

from .automations import (
    BLUEPRINTS,
    AutomatedHome,
    async_automate,
    async_import_blueprints,
    async_script,
    blueprint,
    using,
)
from .home import ROLES, Home

REPOSITORY = "https://github.com/cerebro-home/cerebro"
EVENT_ENTITY = {"entity_id": "event.adas_morning_happening"}
MACHINE = "switch.coffee_machine"
VALVE = "valve.shower_valve"
SPEAKER = "media_player.kitchen_speaker"
BEDSIDE = "media_player.bedroom_speaker"
NEWS = {"media_content_id": "http://localhost/news.mp3", "media_content_type": "music"}

COFFEE = using("coffee", routine=EVENT_ENTITY, machine=MACHINE, power=["sensor.coffee_machine_power"])
SHOWER = using("shower", routine=EVENT_ENTITY, water=VALVE, presence="binary_sensor.bathroom_motion")
PLAY = using("news", routine=EVENT_ENTITY, speaker=SPEAKER, media=NEWS, volume=40)

ALL = sorted(path.relative_to(BLUEPRINTS) for path in BLUEPRINTS.rglob("*.yaml"))


# The files.


def test_there_is_one_for_each_link_and_one_for_the_chain_and_four_for_the_pantry() -> None:
    links = {"alarm", "coffee", "morning_chain", "news", "shower"}
    pantry = {"expiry_alert", "fridge_door", "shop_nearby", "shopping_list_push"}
    assert {path.stem for path in ALL if path.parts[0] == "automation"} == links | pantry


def test_the_copies_that_the_integration_ships_equal_them() -> None:
    shipped = sorted(path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.*"))
    assert shipped == ALL
    assert all((SHIPPED / path).read_bytes() == (BLUEPRINTS / path).read_bytes() for path in ALL)


@pytest.mark.parametrize("path", ALL, ids=str)
def test_each_says_what_it_is_and_where_it_comes_from(path: Path) -> None:
    domain, folder, _ = path.parts
    metadata = blueprint(path.stem, domain)["blueprint"]
    assert (metadata["domain"], folder) == (domain, "cerebro")
    assert metadata["source_url"] == f"{REPOSITORY}/blob/main/blueprints/{path}"
    assert metadata["homeassistant"] == {"min_version": "2026.10.0"}
    assert metadata["name"].startswith("Cerebro: ")
    assert metadata["author"]
    assert metadata["description"]


@pytest.mark.parametrize("path", ALL, ids=str)
def test_each_asks_in_sections_with_icons_and_tells_what_every_input_is_for(path: Path) -> None:
    sections = blueprint(path.stem, path.parts[0])["blueprint"]["input"].values()
    assert sections
    for section in sections:
        assert {"name", "icon", "description", "input"} <= section.keys() <= {
            "name", "icon", "description", "input", "collapsed",
        }  # fmt: skip
        for asked in section["input"].values():
            assert {"name", "description", "selector"} <= asked.keys() <= {
                "name", "description", "selector", "default",
            }  # fmt: skip


@pytest.mark.parametrize("path", ALL, ids=str)
def test_each_fits_this_home_assistant_and_uses_every_input(path: Path) -> None:
    schema = AUTOMATION_BLUEPRINT_SCHEMA if path.parts[0] == "automation" else BLUEPRINT_SCHEMA
    loaded = Blueprint(
        blueprint(path.stem, path.parts[0]),
        expected_domain=path.parts[0],
        path=f"cerebro/{path.name}",
        schema=schema,
    )
    assert loaded.validate() is None
    assert yaml_util.extract_inputs(loaded.data) == set(loaded.inputs)


# Their runs.


@pytest.fixture
async def new_automated(new_home: Home) -> AsyncIterator[AutomatedHome]:
    """Give the home at two minutes to seven, before anybody has moved in, and leave it with nothing on."""
    new_home.freezer.move_to("2026-11-24T06:58:00+01:00")
    await async_import_blueprints(new_home.hass)
    home = AutomatedHome(hass=new_home.hass, freezer=new_home.freezer)
    yield home
    await home.hass.services.async_call("automation", "turn_off", {"entity_id": "all"}, blocking=True)
    assert await home.async_meanwhile(home.hass.config_entries.async_unload(home.entry.entry_id))
    await home.async_pass(1)
    assert home.state(MACHINE).state in {"off", "unavailable"}
    assert not home.water_runs


async def async_live(
    home: AutomatedHome, kind: str, automation: Mapping[str, Any], *, known: bool = False
) -> None:
    """Move in with a step that an automation does; Cerebro knows the appliance only where it is said."""
    step = {"id": f"my_{kind}", "kind": kind, "done_by": "automation"}
    home.steps = ({"id": "alarm", "kind": "alarm"}, step)
    if not known:
        home.roles = {
            role: entities
            for role, entities in ROLES.items()
            if not role.startswith(kind) and role not in {"bathroom_humidity", "speaker"}
        } | {"speaker": (BEDSIDE,)}
    await home.async_move_in()
    await async_automate(home.hass, link=automation)
    assert home.state("automation.link").state == "on"
    await home.async_until("07:01")


@pytest.fixture
async def coffee(new_automated: AutomatedHome) -> AutomatedHome:
    """Return the home whose coffee is made by the automation, Ada just come into the kitchen."""
    await async_live(new_automated, "coffee", COFFEE)
    assert new_automated.state(MACHINE).state == "off"
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(1)
    return new_automated


async def test_coffee_is_made_kept_warm_and_reported_and_the_machine_is_off_at_the_end(
    coffee: AutomatedHome,
) -> None:
    assert coffee.state(MACHINE).state == "on"
    await coffee.async_pass(6)
    assert coffee.brews == 1
    assert coffee.state(MACHINE).state == "on"
    assert coffee.step("my_coffee")["phase"] == "starting"
    await coffee.async_pass(5)
    assert coffee.state(MACHINE).state == "off"
    assert coffee.step("my_coffee")["phase"] == "done"
    assert coffee.brews == 1


async def test_coffee_without_a_power_sensor_is_made_when_its_time_has_passed(
    new_automated: AutomatedHome,
) -> None:
    await async_live(new_automated, "coffee", using("coffee", routine=EVENT_ENTITY, machine=MACHINE))
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(11.5)
    assert new_automated.state(MACHINE).state == "on"
    await new_automated.async_pass(1)
    assert new_automated.state(MACHINE).state == "off"
    assert new_automated.step("my_coffee")["phase"] == "done"


async def test_coffee_that_is_skipped_switches_the_machine_off_at_once(coffee: AutomatedHome) -> None:
    await coffee.async_act("skip_step", step="coffee")
    await coffee.async_pass(0.2)
    assert coffee.state(MACHINE).state == "off"
    assert coffee.step("my_coffee")["phase"] == "skipped"


async def test_coffee_that_was_cut_short_is_switched_off_when_the_step_ends(coffee: AutomatedHome) -> None:
    for service in ("turn_off", "turn_on"):
        await coffee.hass.services.async_call(
            "automation", service, {"entity_id": "automation.link"}, blocking=True
        )
    assert coffee.state("automation.link").attributes["current"] == 0
    assert coffee.state(MACHINE).state == "on"
    await coffee.async_pass(15, step_s=20)
    assert coffee.step("my_coffee")["phase"] == "failed"
    assert coffee.state(MACHINE).state == "off"


async def test_coffee_of_a_stopped_routine_switches_the_machine_off(coffee: AutomatedHome) -> None:
    await coffee.async_act("stop")
    await coffee.async_pass(0.2)
    assert coffee.state(MACHINE).state == "off"


async def test_coffee_that_somebody_switches_off_while_it_is_made_is_not_reported(
    coffee: AutomatedHome,
) -> None:
    await coffee.hass.services.async_call("switch", "turn_off", {"entity_id": MACHINE}, blocking=True)
    await coffee.async_pass(1)
    assert coffee.step("my_coffee")["phase"] == "starting"
    await coffee.async_pass(16, step_s=20)
    assert coffee.step("my_coffee")["phase"] == "failed"


async def test_coffee_without_water_fails_and_the_machine_is_off(new_automated: AutomatedHome) -> None:
    await async_live(new_automated, "coffee", COFFEE)
    await new_automated.async_fault("water_empty")
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(1)
    assert new_automated.state(MACHINE).state == "on"
    await new_automated.async_pass(7)
    assert new_automated.state(MACHINE).state == "off"
    assert new_automated.step("my_coffee")["phase"] == "starting"
    await new_automated.async_pass(8, step_s=20)
    assert new_automated.step("my_coffee")["phase"] == "failed"


async def test_coffee_whose_own_actions_fail_is_not_reported_and_the_machine_is_off(
    new_automated: AutomatedHome,
) -> None:
    failing = [{"stop": "The cup is missing", "error": True}]
    automation = using("coffee", routine=EVENT_ENTITY, machine=MACHINE, also=failing)
    await async_live(new_automated, "coffee", automation)
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(17, step_s=20)
    assert new_automated.step("my_coffee")["phase"] == "failed"
    assert new_automated.state(MACHINE).state == "off"


async def test_coffee_goes_on_to_its_end_when_cerebro_is_unloaded(coffee: AutomatedHome) -> None:
    assert await coffee.async_meanwhile(coffee.hass.config_entries.async_unload(coffee.entry.entry_id))
    await coffee.async_pass(12)
    assert coffee.state(MACHINE).state == "off"
    assert await coffee.async_meanwhile(coffee.hass.config_entries.async_setup(coffee.entry.entry_id))


@pytest.mark.parametrize(
    ("kind", "automation", "domain", "service", "entity_id"),
    [
        ("coffee", COFFEE, "switch", "turn_on", MACHINE),
        ("shower", SHOWER, "valve", "open_valve", VALVE),
    ],
)
async def test_after_a_restart_what_was_left_on_is_switched_off(
    new_automated: AutomatedHome,
    *,
    kind: str,
    automation: Mapping[str, Any],
    domain: str,
    service: str,
    entity_id: str,
) -> None:
    hass = new_automated.hass
    await async_live(new_automated, kind, {"triggers": [], "actions": []})
    await hass.services.async_call(domain, service, {"entity_id": entity_id}, blocking=True)
    await new_automated.async_pass(0.5)
    assert new_automated.state(entity_id).state in {"on", "open"}
    hass.set_state(CoreState.starting)
    await async_automate(hass, link=automation)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await new_automated.async_pass(0.5)
    assert new_automated.state(entity_id).state in {"off", "closed"}


@pytest.fixture
async def shower(new_automated: AutomatedHome) -> AutomatedHome:
    """Return the home whose shower is run by the automation, Ada just got up."""
    await async_live(new_automated, "shower", SHOWER)
    assert not new_automated.water_runs
    await new_automated.async_place("bedroom")
    await new_automated.async_act("complete_step", step="alarm")
    await new_automated.async_place("hall")
    return new_automated


async def test_an_appliance_that_cerebro_knows_too_is_guarded_when_the_automation_is_switched_off(
    new_automated: AutomatedHome,
) -> None:
    await async_live(new_automated, "shower", SHOWER, known=True)
    await async_reach_the_bathroom(new_automated)
    await new_automated.hass.services.async_call(
        "automation", "turn_off", {"entity_id": "automation.link"}, blocking=True
    )
    await new_automated.async_pass(20, step_s=20)
    assert not new_automated.water_runs


@pytest.mark.parametrize(
    ("kind", "automation", "place", "minutes"),
    [("coffee", COFFEE, "kitchen", 13), ("shower", SHOWER, "shower", 6), ("news", PLAY, "kitchen", 7)],
)
async def test_an_appliance_that_cerebro_knows_too_is_used_once_and_the_step_is_done(
    new_automated: AutomatedHome, kind: str, automation: Mapping[str, Any], place: str, minutes: float
) -> None:
    await async_live(new_automated, kind, automation, known=True)
    await new_automated.async_place(place)
    await new_automated.async_pass(minutes)
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(6)
    assert new_automated.step(f"my_{kind}")["phase"] == "done"
    assert new_automated.state("automation.link").attributes["current"] == 0
    assert new_automated.brews == (1 if kind == "coffee" else 0)


async def async_reach_the_bathroom(home: AutomatedHome) -> None:
    """Let Ada go into the bathroom, where the shower is due at the latest."""
    await home.async_place("bathroom")
    await home.async_pass(0.5)
    assert home.water_runs


async def test_the_shower_runs_until_she_has_left_and_is_reported(shower: AutomatedHome) -> None:
    await async_reach_the_bathroom(shower)
    await shower.async_place("shower")
    await shower.async_pass(5)
    assert shower.water_runs
    assert shower.step("my_shower")["phase"] == "starting"
    await shower.async_place("hall")
    await shower.async_pass(4.2)
    assert not shower.water_runs
    assert shower.step("my_shower")["phase"] == "done"


async def test_the_shower_is_done_when_she_shuts_the_water(shower: AutomatedHome) -> None:
    await async_reach_the_bathroom(shower)
    await shower.hass.services.async_call("valve", "close_valve", {"entity_id": VALVE}, blocking=True)
    await shower.async_pass(0.5)
    assert shower.step("my_shower")["phase"] == "done"
    assert not shower.water_runs


async def test_the_shower_is_shut_and_fails_when_it_ran_for_too_long(shower: AutomatedHome) -> None:
    await async_reach_the_bathroom(shower)
    await shower.async_place("shower")
    await shower.async_pass(10)
    assert not shower.water_runs
    assert shower.step("my_shower")["phase"] == "starting"
    await shower.async_pass(6, step_s=20)
    assert shower.step("my_shower")["phase"] == "failed"


async def test_the_shower_is_shut_when_nobody_comes(new_automated: AutomatedHome) -> None:
    automation = using("shower", routine=EVENT_ENTITY, water=VALVE, presence="binary_sensor.hall_motion")
    await async_live(new_automated, "shower", automation)
    await async_reach_the_bathroom(new_automated)
    await new_automated.async_pass(4)
    assert not new_automated.water_runs
    assert new_automated.step("my_shower")["phase"] == "starting"


@pytest.mark.parametrize("action", ["pause", "stop", "skip_step"])
async def test_the_shower_is_shut_at_once_when_the_morning_is_interrupted(
    shower: AutomatedHome, action: str
) -> None:
    await async_reach_the_bathroom(shower)
    await shower.async_act(action, **({"step": "shower"} if action == "skip_step" else {}))
    await shower.async_pass(0.3)
    assert not shower.water_runs


async def test_the_shower_runs_again_after_a_pause(shower: AutomatedHome) -> None:
    await async_reach_the_bathroom(shower)
    await shower.async_act("pause")
    await shower.async_pass(1)
    await shower.async_act("resume")
    await shower.async_pass(0.5)
    assert shower.water_runs
    await shower.async_act("stop")
    await shower.async_pass(0.5)
    assert not shower.water_runs


async def test_the_shower_is_shut_when_she_goes_back_to_bed(shower: AutomatedHome) -> None:
    await async_reach_the_bathroom(shower)
    await shower.async_place("bed")
    await shower.async_pass(0.5)
    assert not shower.water_runs


async def test_the_shower_does_not_run_while_nobody_is_up(new_automated: AutomatedHome) -> None:
    await async_live(new_automated, "shower", SHOWER)
    entity_id = EVENT_ENTITY["entity_id"]
    due = {"event_type": "step_due", "kind": "shower", "step": "my_shower"}
    new_automated.hass.states.async_set(entity_id, "2026-11-24T07:02:00", due)
    await new_automated.async_settle()
    link = new_automated.state("automation.link").attributes
    assert link["last_triggered"] == dt_util.utcnow()
    await new_automated.async_pass(1)
    assert not new_automated.water_runs
    assert new_automated.step("my_shower")["phase"] == "pending"


@pytest.fixture
async def news(new_automated: AutomatedHome) -> AutomatedHome:
    """Return the home whose news are played by the automation, Ada just come into the kitchen."""
    await async_live(new_automated, "news", PLAY)
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(0.5)
    return new_automated


async def test_the_news_are_played_reported_when_over_and_the_volume_put_back(news: AutomatedHome) -> None:
    playing = news.state(SPEAKER)
    assert playing.state == "playing"
    assert playing.attributes["volume_level"] == 0.4
    assert playing.attributes["media_content_id"] == NEWS["media_content_id"]
    assert news.step("my_news")["phase"] == "starting"
    await news.async_pass(5)
    assert news.state(SPEAKER).state == "idle"
    assert news.state(SPEAKER).attributes["volume_level"] == 0.3
    assert news.step("my_news")["phase"] == "done"


async def test_skipped_news_fall_silent(news: AutomatedHome) -> None:
    await news.async_act("skip_step", step="news")
    await news.async_pass(0.2)
    assert news.state(SPEAKER).state == "idle"
    assert news.state(SPEAKER).attributes["volume_level"] == 0.3
    assert news.step("my_news")["phase"] == "skipped"


async def test_endless_news_are_stopped_and_done(new_automated: AutomatedHome) -> None:
    automation = using("news", routine=EVENT_ENTITY, speaker=SPEAKER, media=NEWS, most={"minutes": 2})
    await async_live(new_automated, "news", automation)
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(3)
    assert new_automated.state(SPEAKER).state == "idle"
    assert new_automated.step("my_news")["phase"] == "done"


async def test_news_that_do_not_play_are_not_reported(new_automated: AutomatedHome) -> None:
    await async_live(new_automated, "news", PLAY)
    await new_automated.async_fault("kitchen_speaker_unreachable")
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(2)
    assert new_automated.step("my_news")["phase"] == "starting"
    await new_automated.async_pass(15, step_s=20)
    assert new_automated.step("my_news")["phase"] == "failed"


async def test_the_news_are_spoken_by_a_script(new_automated: AutomatedHome) -> None:
    speak = {"action": "script.speak_news", "data": {"text": "It rains."}}
    automation = using("news", routine=EVENT_ENTITY, speaker=SPEAKER, play=[speak])
    await async_live(new_automated, "news", automation)
    script = using("speak_news", voice="tts.demo_voice", speaker=SPEAKER)
    await async_script(new_automated.hass, speak_news=script)
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(0.5)
    assert new_automated.state(SPEAKER).state == "playing"
    await new_automated.async_pass(4)
    assert new_automated.step("my_news")["phase"] == "done"


@pytest.fixture
async def rings(new_automated: AutomatedHome) -> list[Event[Mapping[str, Any]]]:
    """Return the rings, in the home whose alarm is an automation that has rung for a minute."""
    heard = async_capture_events(new_automated.hass, "rang")
    async_capture_events(new_automated.hass, "quiet")
    automation = using(
        "alarm",
        routine=EVENT_ENTITY,
        lights=["light.kitchen_light"],
        ring=[{"event": "rang"}],
        quiet=[{"event": "quiet"}],
    )
    new_automated.steps = ({"id": "alarm", "kind": "alarm", "done_by": "automation"},)
    await new_automated.async_move_in()
    await async_automate(new_automated.hass, link=automation)
    await new_automated.async_pass(2.8)
    return heard


async def test_the_automation_rings_alone_for_a_minute_then_the_speakers_join(
    new_automated: AutomatedHome, rings: list[Event[Mapping[str, Any]]]
) -> None:
    assert 4 <= len(rings) <= 6
    assert new_automated.state(BEDSIDE).state != "playing"
    await new_automated.async_pass(1)
    assert new_automated.state(BEDSIDE).state == "playing"
    assert len(rings) >= 9


async def test_the_automation_falls_silent_when_somebody_is_up(
    new_automated: AutomatedHome, rings: list[Event[Mapping[str, Any]]]
) -> None:
    quiet = async_capture_events(new_automated.hass, "quiet")
    await new_automated.async_place("kitchen")
    rung = len(rings)
    assert quiet
    await new_automated.async_pass(1)
    assert len(rings) == rung
    assert new_automated.state("light.kitchen_light").state == "on"


async def test_the_automation_leaves_the_lights_be_when_the_routine_ends_long_after(
    new_automated: AutomatedHome, rings: list[Event[Mapping[str, Any]]]
) -> None:
    await new_automated.async_place("kitchen")
    quiet = async_capture_events(new_automated.hass, "quiet")
    light = {"entity_id": "light.kitchen_light"}
    await new_automated.hass.services.async_call("light", "turn_off", light, blocking=True)
    await new_automated.async_pass(1)
    await new_automated.async_act("stop")
    await new_automated.async_pass(0.5)
    assert new_automated.state("event.adas_morning_happening").attributes["event_type"] == "run_ended"
    assert new_automated.state("light.kitchen_light").state == "off"
    assert not quiet


async def test_the_automation_falls_silent_for_a_snooze_and_rings_again(
    new_automated: AutomatedHome, rings: list[Event[Mapping[str, Any]]]
) -> None:
    await new_automated.async_pass(1)
    await new_automated.async_act("snooze")
    rung = len(rings)
    await new_automated.async_pass(8)
    assert len(rings) == rung
    await new_automated.async_pass(2)
    assert len(rings) > rung


async def test_the_automation_falls_silent_when_the_routine_is_stopped(
    new_automated: AutomatedHome, rings: list[Event[Mapping[str, Any]]]
) -> None:
    await new_automated.async_act("stop")
    rung = len(rings)
    await new_automated.async_pass(1)
    assert len(rings) == rung


# The chain.

CHAIN = {
    "days": ["tue"],
    "persons": ["person.ada"],
    "bed": ["binary_sensor.bedroom_bed_occupancy"],
    "motion": ["binary_sensor.kitchen_motion", "binary_sensor.bathroom_motion"],
    "alarm_speaker": BEDSIDE,
    "machine": [MACHINE],
    "water": [VALVE],
    "bathroom": ["binary_sensor.bathroom_motion"],
    "news_speaker": [SPEAKER],
    "news_media": NEWS,
    "kitchen": ["binary_sensor.kitchen_motion"],
}


async def async_chain(home: AutomatedHome, **inputs: Any) -> None:
    """Move in without any wake-up of Cerebro’s, with the chain as it is until seven."""
    home.wake = {"sources": ["times"], "times": {}}
    await home.async_move_in()
    home.hass.states.async_set("person.ada", "home")
    await async_automate(home.hass, chain=using("morning_chain", **(CHAIN | inputs)))
    assert home.state("automation.chain").state == "on"
    await home.async_pass(2.1)


async def test_the_chain_runs_a_whole_morning_and_everything_is_off_at_the_end(
    new_automated: AutomatedHome,
) -> None:
    home = new_automated
    await async_chain(home)
    assert home.state(BEDSIDE).state == "playing"
    assert home.state(BEDSIDE).attributes["volume_level"] == 0.2
    await home.async_pass(1)
    assert home.state(BEDSIDE).attributes["volume_level"] == 0.4
    assert home.state(MACHINE).state == "off"
    assert not home.water_runs
    await home.async_place("bedroom")
    await home.async_pass(0.5)
    assert home.state(BEDSIDE).state == "idle"
    assert home.state(BEDSIDE).attributes["volume_level"] == 0.3
    assert home.state(MACHINE).state == "on"
    assert home.water_runs
    await home.async_place("shower")
    await home.async_pass(6)
    assert home.water_runs
    assert home.state(SPEAKER).state == "idle"
    await home.async_place("kitchen")
    await home.async_pass(4)
    assert not home.water_runs
    assert home.state(SPEAKER).state == "playing"
    assert home.brews == 1
    await home.async_pass(6)
    assert home.state(SPEAKER).state == "idle"
    await home.async_pass(15, step_s=20)
    assert home.state(MACHINE).state == "off"
    assert home.state("automation.chain").attributes["current"] == 0


async def test_the_chain_runs_no_water_and_no_coffee_when_nobody_gets_up(
    new_automated: AutomatedHome,
) -> None:
    await async_chain(new_automated, alarm_minutes=3)
    await new_automated.async_pass(4)
    assert new_automated.state(BEDSIDE).state == "idle"
    assert new_automated.state(BEDSIDE).attributes["volume_level"] == 0.3
    assert new_automated.state(MACHINE).state == "off"
    assert new_automated.demo.runtime_data.home.shower.litres == 0
    assert new_automated.state("automation.chain").attributes["current"] == 0


async def test_the_chain_shuts_the_water_when_nobody_comes_and_plays_no_news_to_nobody(
    new_automated: AutomatedHome,
) -> None:
    await async_chain(new_automated, kitchen_within={"minutes": 3})
    await new_automated.async_place("bedroom")
    await new_automated.async_pass(1)
    assert new_automated.water_runs
    await new_automated.async_pass(4)
    assert not new_automated.water_runs
    await new_automated.async_pass(4)
    assert new_automated.state(SPEAKER).state == "idle"
    await new_automated.async_pass(25, step_s=20)
    assert new_automated.state(MACHINE).state == "off"
    assert new_automated.state("automation.chain").attributes["current"] == 0


async def test_the_chain_shuts_the_water_at_its_limit_though_somebody_showers_on(
    new_automated: AutomatedHome,
) -> None:
    await async_chain(new_automated, water_most={"minutes": 8}, machine_most={"minutes": 12})
    await new_automated.async_place("bedroom")
    await new_automated.async_pass(3)
    await new_automated.async_place("shower")
    await new_automated.async_pass(4.5)
    assert new_automated.water_runs
    await new_automated.async_pass(1.5)
    assert not new_automated.water_runs
    assert new_automated.state(MACHINE).state == "on"
    await new_automated.async_pass(4)
    assert new_automated.state(MACHINE).state == "off"


@pytest.mark.parametrize(
    ("inputs", "person"), [({"days": ["wed"]}, "home"), ({}, "not_home")], ids=["another day", "away"]
)
async def test_the_chain_lets_other_days_and_absent_persons_be(
    new_automated: AutomatedHome, inputs: dict[str, Any], person: str
) -> None:
    await async_setup_component(new_automated.hass, "homeassistant", {})
    new_automated.wake = {"sources": ["times"], "times": {}}
    await new_automated.async_move_in()
    await async_automate(new_automated.hass, chain=using("morning_chain", **(CHAIN | inputs)))
    new_automated.hass.states.async_set("person.ada", person)
    machine = {"entity_id": MACHINE}
    await new_automated.hass.services.async_call("switch", "turn_on", machine, blocking=True)
    await new_automated.async_until("07:01")
    assert new_automated.state(BEDSIDE).state == "idle"
    assert new_automated.state(MACHINE).state == "on"
    await new_automated.hass.services.async_call("switch", "turn_off", machine, blocking=True)


async def test_the_chain_goes_on_when_the_speaker_is_gone_and_nothing_else_was_chosen(
    new_automated: AutomatedHome,
) -> None:
    chosen = ("machine", "water", "bathroom", "news_speaker", "news_media", "kitchen")
    await async_chain(new_automated, **{name: type(CHAIN[name])() for name in chosen})
    await new_automated.async_fault("bedroom_speaker_unreachable")
    await new_automated.async_pass(2)
    await new_automated.async_place("kitchen")
    await new_automated.async_pass(1)
    assert new_automated.state("automation.chain").attributes["current"] == 0
