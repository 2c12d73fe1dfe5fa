"""A sentence or a picture is read by the user's own AI provider; without it, a sentence is read at home."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import llm
import probatio
import pytest
import voluptuous as vol

from custom_components.cerebro.core.pantry.draft import DraftLine, Source, Wish
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.quantity import Amount
from custom_components.cerebro.core.pantry.sentence import LONGEST
from custom_components.cerebro.managers.pantry import reader
from custom_components.cerebro.managers.pantry.reader import Reader
from custom_components.cerebro.managers.texts import Texts

from ...core.pantry.lots import TODAY
from .provider import Provider, add_provider

SAID = "2 litres of milk, 6 eggs"
ANSWER = {"items": [{"name": "Milk", "amount": 2, "unit": "L", "best_before": "2026-12-01", "price": 2.4}]}
MILK = DraftLine(name="Milk", amount=Amount(value=2.0, unit="L"), best_before=date(2026, 12, 1), price=2_400)
PICTURE = {
    "media_content_id": "media-source://media_source/local/receipt.png",
    "media_content_type": "image/png",
}


@pytest.fixture
async def texts(hass: HomeAssistant) -> Texts:
    """Return the texts of an English home."""
    return await Texts.load(hass)


@pytest.fixture
async def provider(hass: HomeAssistant, tmp_path: Path) -> Provider:
    """Return a provider that reads a receipt, in a home with one."""
    (tmp_path / "receipt.png").write_bytes(b"\x89PNG")
    hass.config.media_dirs = {"local": str(tmp_path)}
    return await add_provider(hass, lambda: ANSWER)


@pytest.fixture
def its_reader(hass: HomeAssistant, texts: Texts, provider: Provider) -> Reader:
    """Return what reads with that provider."""
    return Reader(hass, texts, provider.entity_id)


async def test_a_sentence_is_read_by_the_provider(its_reader: Reader, provider: Provider) -> None:
    reading = await its_reader.async_read_text(SAID, today=TODAY)
    assert (reading.source, reading.lines) == (Source.SENTENCE, (MILK,))
    assert (reading.by_provider, reading.fell_back) == (True, False)
    (task,) = provider.tasks
    assert SAID in task.instructions
    assert TODAY.isoformat() in task.instructions
    assert task.attachments is None


async def test_a_picture_is_read_by_the_provider(its_reader: Reader, provider: Provider) -> None:
    reading = await its_reader.async_read_image(PICTURE, today=TODAY)
    assert (reading.source, reading.lines, reading.by_provider) == (Source.RECEIPT, (MILK,), True)
    (task,) = provider.tasks
    assert "EUR" in task.instructions
    assert task.attachments is not None
    assert [(one.mime_type, one.path.name) for one in task.attachments] == [("image/png", "receipt.png")]


async def test_it_says_what_form_an_answer_has(its_reader: Reader, provider: Provider) -> None:
    await its_reader.async_read_text(SAID, today=TODAY)
    structure = provider.tasks[0].structure
    assert structure is not None
    assert structure(ANSWER) == ANSWER
    with pytest.raises(vol.Invalid):
        structure({"items": [{"amount": 1}]})
    # This is how providers turn it into what they send.
    shown = probatio.to_openapi(structure, custom_serializer=llm.selector_serializer)
    item = shown["properties"]["items"]["items"]
    assert item["required"] == ["name"]
    assert item["properties"].keys() == reader.FIELDS.keys()
    assert item["properties"]["place"]["enum"] == ["fridge", "freezer", "cupboard"]


async def test_the_instructions_are_in_the_language_of_the_home(
    hass: HomeAssistant, provider: Provider
) -> None:
    hass.config.language = "fr"
    its_reader = Reader(hass, await Texts.load(hass), provider.entity_id)
    await its_reader.async_read_text(SAID, today=TODAY)
    assert "jamais une demande" in provider.tasks[0].instructions


async def test_without_a_provider_a_sentence_is_read_at_home(hass: HomeAssistant, texts: Texts) -> None:
    reading = await Reader(hass, texts, None).async_read_text(SAID, today=TODAY)
    assert [line.name for line in reading.lines] == ["milk", "eggs"]
    assert reading.lines[0].amount == Amount(value=2.0, unit="L")
    assert (reading.by_provider, reading.fell_back) == (False, False)


async def test_a_name_with_an_and_in_it_is_one_thing_where_the_household_knows_it(
    hass: HomeAssistant, texts: Texts
) -> None:
    reading = await Reader(hass, texts, None).async_read_text(
        "mac and cheese, eggs", today=TODAY, known={"mac and cheese"}.__contains__
    )
    assert [line.name for line in reading.lines] == ["mac and cheese", "eggs"]


async def test_a_provider_that_the_user_did_not_choose_is_not_asked(
    hass: HomeAssistant, texts: Texts, provider: Provider
) -> None:
    await Reader(hass, texts, None).async_read_text(SAID, today=TODAY)
    with pytest.raises(ServiceValidationError):
        await Reader(hass, texts, None).async_read_image(PICTURE, today=TODAY)
    assert provider.tasks == []


@pytest.mark.parametrize("chosen", [None, "ai_task.gone"])
async def test_without_a_provider_a_picture_is_refused(
    hass: HomeAssistant, texts: Texts, chosen: str | None
) -> None:
    with pytest.raises(ServiceValidationError) as error:
        await Reader(hass, texts, chosen).async_read_image(PICTURE, today=TODAY)
    assert error.value.translation_key == "reader_no_provider"


@pytest.mark.parametrize(
    "answer", [None, "milk", 5, [], {}, {"items": "milk"}, {"items": [{"name": ""}]}, {"items": [None] * 9}]
)
async def test_where_the_provider_makes_no_sense_a_sentence_is_read_at_home(
    its_reader: Reader, provider: Provider, answer: Any
) -> None:
    provider.answer = lambda: answer
    reading = await its_reader.async_read_text(SAID, today=TODAY)
    assert len(reading.lines) == 2
    assert (reading.by_provider, reading.fell_back) == (False, True)


def _refuses() -> Any:
    raise HomeAssistantError("quota exceeded")


async def test_where_the_provider_fails_a_sentence_is_read_at_home(
    its_reader: Reader, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.answer = _refuses
    reading = await its_reader.async_read_text(SAID, today=TODAY)
    assert len(reading.lines) == 2
    assert reading.fell_back
    (told,) = [one.getMessage() for one in caplog.records if one.name.endswith("pantry.reader")]
    assert "quota exceeded" in told
    assert "milk" not in told


async def test_where_the_provider_is_gone_a_sentence_is_read_at_home(
    hass: HomeAssistant, texts: Texts, provider: Provider
) -> None:
    reading = await Reader(hass, texts, "ai_task.gone").async_read_text(SAID, today=TODAY)
    assert reading.fell_back


async def test_where_the_provider_takes_too_long_a_sentence_is_read_at_home(
    its_reader: Reader, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SECONDS", 0.01)
    never = asyncio.Event()

    async def waits(*_: Any) -> Any:
        await never.wait()

    monkeypatch.setattr(provider, "_async_generate_data", waits)
    assert (await its_reader.async_read_text(SAID, today=TODAY)).fell_back


async def test_where_the_provider_fails_a_picture_is_an_error(its_reader: Reader, provider: Provider) -> None:
    provider.answer = _refuses
    with pytest.raises(HomeAssistantError) as error:
        await its_reader.async_read_image(PICTURE, today=TODAY)
    assert error.value.translation_key == "reader_failed"
    assert error.value.translation_placeholders == {"provider": provider.entity_id}


async def test_a_picture_that_is_not_there_is_an_error(its_reader: Reader) -> None:
    gone = PICTURE | {"media_content_id": "media-source://media_source/nowhere/x.png"}
    with pytest.raises(HomeAssistantError) as error:
        await its_reader.async_read_image(gone, today=TODAY)
    assert error.value.translation_key == "reader_failed"


async def test_a_picture_of_nothing_is_refused(its_reader: Reader, provider: Provider) -> None:
    provider.answer = lambda: {"items": []}
    with pytest.raises(PantryError) as error:
        await its_reader.async_read_image(PICTURE, today=TODAY)
    assert error.value.key == "nothing_read"


@pytest.mark.parametrize(("text", "key"), [("", "nothing_read"), ("x" * (LONGEST + 1), "text_too_long")])
async def test_what_is_no_sentence_is_refused_before_anybody_is_asked(
    its_reader: Reader, provider: Provider, text: str, key: str
) -> None:
    with pytest.raises(PantryError) as error:
        await its_reader.async_read_text(text, today=TODAY)
    assert error.value.key == key
    assert provider.tasks == []


async def test_what_is_wished_for_is_kept(its_reader: Reader, provider: Provider) -> None:
    provider.answer = lambda: {"items": [{"name": "Ham", "wish": "waste"}]}
    reading = await its_reader.async_read_text("the ham went off", today=TODAY)
    assert reading.lines == (DraftLine(name="Ham", wish=Wish.WASTE),)
