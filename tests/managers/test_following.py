"""What Cerebro does when its entry is edited."""

from __future__ import annotations

from tests.home import ROUTINE, Home


async def test_an_edited_routine_is_followed_at_once(home: Home) -> None:
    subentry = home.entry.subentries[ROUTINE]
    steps = [{"id": "alarm", "kind": "alarm"}, {"id": "pot", "kind": "coffee"}]
    home.hass.config_entries.async_update_subentry(
        home.entry, subentry, data={**subentry.data, "steps": steps}
    )
    await home.async_settle()
    assert [step.step_id for step in home.routine.routine.steps] == ["alarm", "pot"]
    await home.async_until("07:01")
    assert home.state("sensor.adas_morning_status").attributes["steps"].keys() == {"alarm", "pot"}
    await home.async_act("stop")
    await home.async_meanwhile(home.hass.config_entries.async_unload(home.entry.entry_id))
