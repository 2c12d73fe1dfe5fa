"""An AI provider of the user's: an entity of Home Assistant's ``ai_task`` that answers what it is told to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from homeassistant.components.ai_task import (
    AITaskEntity,
    AITaskEntityFeature,
    GenDataTask,
    GenDataTaskResult,
)
from homeassistant.components.conversation import AssistantContent, ChatLog
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

DOMAIN = "test_provider"


class Provider(AITaskEntity):
    """Answers tasks, and keeps them."""

    _attr_name = "Provider"
    _attr_unique_id = "provider"
    _attr_supported_features = AITaskEntityFeature.GENERATE_DATA | AITaskEntityFeature.SUPPORT_ATTACHMENTS

    def __init__(self, answer: Callable[[], Any]) -> None:
        """Take what makes an answer."""
        self.answer = answer
        self.tasks: list[GenDataTask] = []

    async def _async_generate_data(self, task: GenDataTask, chat_log: ChatLog) -> GenDataTaskResult:
        self.tasks.append(task)
        data = self.answer()
        chat_log.async_add_assistant_content_without_tools(AssistantContent(self.entity_id, repr(data)))
        return GenDataTaskResult(conversation_id=chat_log.conversation_id, data=data)


async def add_provider(hass: HomeAssistant, answer: Callable[[], Any]) -> Provider:
    """Add a provider to the home."""
    provider = Provider(answer)

    async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, [Platform.AI_TASK])
        return True

    async def add(_: HomeAssistant, entry: ConfigEntry, add_entities: AddConfigEntryEntitiesCallback) -> None:
        add_entities([provider])

    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "ai_task", {})
    mock_integration(hass, MockModule(DOMAIN, async_setup_entry=set_up))
    mock_platform(hass, f"{DOMAIN}.config_flow", None)
    mock_platform(hass, f"{DOMAIN}.ai_task", MockPlatform(async_setup_entry=add))
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    with mock_config_flow(DOMAIN, ConfigFlow):
        assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return provider
