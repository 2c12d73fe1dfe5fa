"""What Cerebro may do besides its routines."""

from __future__ import annotations

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .forms import Form


async def test_blueprints_are_put_in_place_only_when_the_user_says_so(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    manager = hass.config_entries.options
    form = Form(hass=hass, manager=manager, result=await manager.async_init(entry.entry_id))
    assert form.step == "init"
    assert form.values == {"install_blueprints": False}
    await form.async_enter(install_blueprints=True)
    assert entry.options == {"install_blueprints": True}
    form = Form(hass=hass, manager=manager, result=await manager.async_init(entry.entry_id))
    assert form.values == {"install_blueprints": True}
    state = hass.states.get("sensor.cerebro")
    assert state is not None
    assert state.state == "armed"
