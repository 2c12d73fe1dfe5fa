"""Cerebro says what it means in the home's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.managers.texts import Texts

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


async def texts(hass: HomeAssistant, language: str, zone: str = "UTC") -> Texts:
    """Return the texts of a home that speaks a language."""
    await hass.config.async_update(language=language, time_zone=zone)
    return await Texts.load(hass)


async def test_a_reason_is_a_sentence_with_places_times_and_figures(hass: HomeAssistant) -> None:
    reason = Reason(
        key="plan_in_time",
        values={
            "step": "Coffee",
            "start": NOON,
            "place": "place_kitchen",
            "arrival": NOON + timedelta(minutes=5),
            "mornings": 23,
        },
    )
    assert (await texts(hass, "en")).render(reason) == (
        "Coffee starts at 12:00, to be ready when you reach the kitchen at about 12:05 "
        "(learned from 23 mornings)."
    )


async def test_a_french_home_reads_french(hass: HomeAssistant) -> None:
    sentence = (await texts(hass, "fr")).render(Reason(key="alarm", values={"time": NOON}))
    assert sentence == "Le réveil réglé sur 12:00 sonne."


async def test_a_home_whose_language_cerebro_does_not_speak_reads_english(hass: HomeAssistant) -> None:
    sentence = (await texts(hass, "fi")).render(Reason(key="stopped"))
    assert sentence == "It was stopped on request."


async def test_a_time_is_the_homes_own(hass: HomeAssistant) -> None:
    sentence = (await texts(hass, "en", zone="Europe/Paris")).render(
        Reason(key="alarm", values={"time": NOON})
    )
    assert sentence == "The alarm set for 13:00 rings."


@pytest.mark.parametrize(
    ("minutes", "shown"), [(4.0, "4 min"), (4.26, "4.3 min"), (12.4, "12 min"), (120.5, "120 min")]
)
async def test_a_figure_is_no_finer_than_a_person_needs(
    hass: HomeAssistant, minutes: float, shown: str
) -> None:
    values = {"step": "Shower", "leave_by": NOON, "use_min": minutes}
    sentence = (await texts(hass, "en")).render(Reason(key="shortened_leave_by", values=values))
    assert sentence == f"Shower is cut to {shown}, so that you can leave by 12:00."


async def test_a_duration_is_shown_in_minutes(hass: HomeAssistant) -> None:
    sentence = (await texts(hass, "en")).text("phone_snoozed", time=timedelta(minutes=9))
    assert sentence == "Snoozing: the alarm rings again at 9."


async def test_a_name_that_looks_like_a_placeholder_is_left_as_it_is(hass: HomeAssistant) -> None:
    sentence = (await texts(hass, "en")).render(Reason(key="step_done", values={"step": "{time} {0}"}))
    assert sentence == "{time} {0} is done."


async def test_a_refusal_is_told_in_the_homes_language(hass: HomeAssistant) -> None:
    refusal = ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="step_is_over",
        translation_placeholders={"step": "Douche"},
    )
    assert (await texts(hass, "fr")).refusal(refusal) == "Douche : c’est déjà fini."


async def test_a_refusal_that_is_not_cerebros_is_told_as_it_came(hass: HomeAssistant) -> None:
    assert (await texts(hass, "fr")).refusal(HomeAssistantError("it broke")) == "it broke"


async def test_what_has_no_sentence_shows_as_its_key(hass: HomeAssistant) -> None:
    assert (await texts(hass, "en")).text("nothing_of_the_kind") == "nothing_of_the_kind"
