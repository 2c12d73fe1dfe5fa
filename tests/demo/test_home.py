"""The demo home behaves like a home."""

from __future__ import annotations

import json

import pytest

from demo.cold import FREEZER, FRIDGE
from demo.home import DRY_AIR, STEP, WARM_C, Fault, Home, Place


def pass_minutes(home: Home, minutes: float) -> None:
    for _ in range(round(minutes / STEP)):
        home.advance(STEP)


def test_a_coffee_machine_heats_and_falls_back_to_standby() -> None:
    home = Home()
    home.coffee.switch(on=True)
    pass_minutes(home, 1)
    assert home.coffee.power_w == pytest.approx(1100, abs=1)
    assert not home.coffee.ready
    pass_minutes(home, 5)
    assert home.coffee.ready
    assert home.coffee.power_w == pytest.approx(2, abs=1)


def test_a_pot_is_brewed_once_until_the_switch_is_pressed_anew() -> None:
    home = Home()
    home.coffee.switch(on=True)
    pass_minutes(home, 20)
    home.coffee.switch(on=True)
    pass_minutes(home, 20)
    assert home.coffee.brews == 1
    home.coffee.switch(on=False)
    home.coffee.switch(on=True)
    pass_minutes(home, 20)
    assert home.coffee.brews == 2


def test_a_machine_without_water_does_not_heat_until_it_is_filled() -> None:
    home = Home(faults={Fault.WATER_EMPTY})
    home.coffee.switch(on=True)
    pass_minutes(home, 10)
    assert home.coffee.power_w < 5
    home.faults.clear()
    pass_minutes(home, 6)
    assert home.coffee.ready


def test_the_shower_is_warm_after_about_a_minute() -> None:
    home = Home()
    home.shower.wanted_open = True
    pass_minutes(home, 0.7)
    assert not home.shower.warm
    pass_minutes(home, 0.7)
    assert home.shower.warm
    assert home.shower.water_c > WARM_C


def test_without_a_boiler_the_shower_stays_cold() -> None:
    home = Home(faults={Fault.COLD_WATER})
    home.shower.wanted_open = True
    pass_minutes(home, 10)
    assert not home.shower.warm


def test_a_stuck_valve_stays_as_it_is() -> None:
    home = Home(faults={Fault.VALVE_STUCK})
    home.shower.wanted_open = True
    pass_minutes(home, 5)
    assert home.shower.litres == 0


def test_the_air_gets_wet_only_while_somebody_showers() -> None:
    home = Home()
    home.shower.wanted_open = True
    pass_minutes(home, 5)
    assert home.humidity == pytest.approx(DRY_AIR)
    home.move("ada", Place.SHOWER)
    pass_minutes(home, 5)
    wet = home.humidity
    assert wet > DRY_AIR + 20
    home.move("ada", Place.BATHROOM)
    pass_minutes(home, 2)
    assert home.humidity < wet - 3


def test_motion_ends_some_time_after_somebody_left_the_room() -> None:
    home = Home()
    home.move("ada", Place.KITCHEN)
    pass_minutes(home, 3)
    assert home.motion("kitchen")
    home.move("ada", Place.HALL)
    pass_minutes(home, 0.3)
    assert home.motion("kitchen")
    pass_minutes(home, 0.3)
    assert not home.motion("kitchen")


def test_nobody_in_bed_moves_the_bedroom() -> None:
    home = Home()
    pass_minutes(home, 1)
    assert home.bed_occupied
    assert not home.motion("bedroom")


def test_leaving_opens_the_front_door_for_a_moment() -> None:
    home = Home()
    home.move("ada", Place.HALL)
    assert not home.front_door_open
    home.move("ada", Place.AWAY)
    assert home.front_door_open
    pass_minutes(home, 1)
    assert not home.front_door_open


def test_heating_warms_the_room_up_to_its_target() -> None:
    home = Home()
    home.thermostat.target_c = 21
    pass_minutes(home, 20)
    assert home.thermostat.room_c == pytest.approx(21, abs=0.3)


def test_an_open_fridge_gets_warmer() -> None:
    home = Home()
    home.open_fridge()
    pass_minutes(home, 0.3)
    assert home.fridge.inside_c > 4.2
    assert not home.fridge_open


def test_a_closed_fridge_stays_between_three_and_five_degrees() -> None:
    home, seen, runs = Home(), [], []
    for _ in range(6 * 60):
        pass_minutes(home, 1)
        seen.append(home.fridge.inside_c)
        runs.append(home.fridge.power_w(FRIDGE, power=home.fuse_in) > 50)
    assert 2.9 <= min(seen) <= 3.1
    assert 4.9 <= max(seen) <= 5.1
    assert 0.2 < sum(runs) / len(runs) < 0.4


def test_a_fridge_that_is_left_open_gets_as_warm_as_it_can_until_somebody_shuts_it() -> None:
    home = Home()
    home.fridge.left_open = True
    pass_minutes(home, 60)
    assert home.fridge_open
    assert home.fridge.inside_c > 17
    home.fridge.left_open = False
    pass_minutes(home, 2 * 60)
    assert not home.fridge_open
    assert home.fridge.inside_c < 5.1


def test_without_power_the_fridge_is_lost_long_before_the_freezer() -> None:
    home = Home(faults={Fault.FUSE_OUT})
    pass_minutes(home, 2 * 60)
    assert home.fridge.inside_c > 8
    assert home.freezer.inside_c < -15
    assert home.fridge.power_w(FRIDGE, power=home.fuse_in) == 0
    assert home.freezer.power_w(FREEZER, power=home.fuse_in) == 0
    home.faults.clear()
    pass_minutes(home, 4 * 60)
    assert home.fridge.inside_c < 5.1
    assert home.freezer.inside_c < -17.9


def test_a_speaker_falls_silent_at_the_end() -> None:
    home = Home()
    home.kitchen_speaker.play("news", 3)
    pass_minutes(home, 2.9)
    assert home.kitchen_speaker.playing
    pass_minutes(home, 0.2)
    assert not home.kitchen_speaker.playing


def test_a_home_survives_being_written_down() -> None:
    home = Home(faults={Fault.SMOKE})
    home.coffee.switch(on=True)
    home.move("ada", Place.SHOWER)
    home.bedroom_speaker.play("alarm", 3)
    pass_minutes(home, 2)
    home.take_happened()
    assert Home.from_dict(json.loads(json.dumps(home.to_dict()))) == home
