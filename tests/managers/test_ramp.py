"""The light that rises before the alarm rings: for those who sleep, and for nobody else."""

from __future__ import annotations

from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..home import Home

LIGHT = "light.bedroom_light"


def brightness(home: Home) -> int:
    """Return how brightly the bedroom light shines, from 0 to 255."""
    return home.state(LIGHT).attributes["brightness"] or 0


async def switch(home: Home, service: str, **data: int) -> None:
    """Switch the bedroom light by hand."""
    await home.hass.services.async_call("light", service, {"entity_id": LIGHT, **data}, blocking=True)
    await home.async_settle()


async def test_it_rises_step_by_step_until_the_wake_up(home: Home) -> None:
    await home.async_until("06:52")
    early = brightness(home)
    await home.async_until("06:56")
    later = brightness(home)
    await home.async_until("07:00")
    assert 0 < early < later < brightness(home) == 255


async def test_it_rises_no_further_once_somebody_is_up(home: Home) -> None:
    await home.async_until("06:52")
    await home.async_place("bedroom")
    await home.async_press_up()
    reached = brightness(home)
    await home.async_until("06:59")
    assert brightness(home) == reached > 0


async def test_it_goes_on_for_somebody_who_goes_back_to_bed_before_the_wake_up(home: Home) -> None:
    await home.async_until("06:52")
    await home.async_place("bedroom")
    await home.async_press_up()
    reached = brightness(home)
    await home.async_pass(1)
    await home.async_place("bed")
    await home.async_until("06:58")
    assert brightness(home) > reached


async def test_it_rises_no_further_once_the_alarm_was_dismissed(home: Home) -> None:
    await home.async_until("06:52")
    await home.async_act("dismiss_alarm")
    reached = brightness(home)
    await home.async_until("06:59")
    assert brightness(home) == reached > 0


async def test_a_light_that_was_switched_off_by_hand_stays_off_though_somebody_sleeps(home: Home) -> None:
    await home.async_until("06:52")
    await switch(home, "turn_off")
    await home.async_until("07:01")
    assert home.state(LIGHT).state == "off"
    assert home.state("media_player.bedroom_speaker").state == "playing"


async def test_a_light_that_shines_already_is_not_dimmed(home: Home) -> None:
    await home.async_until("06:45")
    await switch(home, "turn_on", brightness=200)
    await home.async_until("06:52")
    assert brightness(home) == 200
    await home.async_until("07:00")
    assert brightness(home) == 255


async def test_a_light_that_is_only_on_or_off_is_switched_on_at_the_wake_up(new_home: Home) -> None:
    lamp = "light.kitchen_coffee_machine"
    new_home.steps = ({"id": "alarm", "kind": "alarm"},)
    new_home.roles = {**new_home.roles, "bedroom_light": (lamp,)}
    home = await new_home.async_move_in()
    plain = MockConfigEntry(
        domain="switch_as_x",
        title="Plain lamp",
        version=1,
        minor_version=3,
        options={"entity_id": "switch.coffee_machine", "target_domain": "light", "invert": False},
    )
    plain.add_to_hass(home.hass)
    assert await home.hass.config_entries.async_setup(plain.entry_id)
    await home.async_settle()
    await home.async_until("06:59")
    assert home.state(lamp).state == "off"
    await home.async_until("07:00")
    assert home.state(lamp).state == "on"
