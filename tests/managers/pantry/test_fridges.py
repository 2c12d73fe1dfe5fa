"""What a pantry went through is known while it is set up in another way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ...kitchen import DOOR, FRIDGE, THERMOMETER, Kitchen

CELSIUS = {"unit_of_measurement": "°C", "device_class": "temperature"}


@pytest.mark.parametrize("left", [{"door": DOOR}, {}])
async def test_what_was_too_warm_stays_unsafe_once_its_thermometer_is_taken_away(
    kitchen: Kitchen, left: dict[str, Any]
) -> None:
    await kitchen.async_act("add_stock", product="Chicken", amount=1, unit="kg", category="poultry")
    for degrees in ("15", "4"):
        kitchen.hass.states.async_set(THERMOMETER, degrees, CELSIUS)
        await kitchen.hass.async_block_till_done()
        await kitchen.async_pass(timedelta(hours=6), step=timedelta(minutes=15))
    fridge = kitchen.entry.subentries[FRIDGE]
    kitchen.hass.config_entries.async_update_subentry(kitchen.entry, fridge, data={"place": "fridge", **left})
    await kitchen.hass.async_block_till_done()
    for _ in range(2):
        (advice,) = kitchen.pantry.use_first()
        assert advice.reason.key == "warm_too_long"
        assert kitchen.state("sensor.cerebro_past_its_date").state == "1"
        await kitchen.async_reboot()
