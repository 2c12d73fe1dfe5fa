"""Questions of the pantry, answered on the repairs page: where a thing goes, and what a code is on."""

from __future__ import annotations

from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.components.http import KEY_HASS_USER
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.http import current_request
from homeassistant.helpers.selector import (
    DateSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..core.pantry.model import PantryId
from ..managers import CerebroConfigEntry
from ..managers.pantry.intake import NOWHERE
from ..managers.pantry.manager import PantryManager

CONF_PANTRY: Final = "pantry"
CONF_BEST_BEFORE: Final = "best_before"
CONF_NAME: Final = "name"


class QuestionFlow(RepairsFlow):
    """Asks one question, and books what the answer says."""

    def __init__(self, entry: CerebroConfigEntry) -> None:
        """Take the entry whose pantry asks."""
        self._entry = entry

    @property
    def pantry(self) -> PantryManager:
        """What asks."""
        return self._entry.runtime_data.pantry

    @property
    def by(self) -> str | None:
        """The user who answers, as the page that sends the answer is theirs."""
        request = current_request.get()
        user: User | None = None if request is None else request.get(KEY_HASS_USER)
        return None if user is None else user.id

    def refused(self, error: ServiceValidationError) -> str:
        """Return why an answer cannot be booked, in the home's language."""
        return self.pantry.texts.refusal(error)


class WhereFlow(QuestionFlow):
    """Asks where a thing goes that was bought, and until when it is good."""

    def __init__(self, entry: CerebroConfigEntry, draft_id: str, product: str) -> None:
        """Take the thing, which waits as a draft."""
        super().__init__(entry)
        self._draft_id = draft_id
        self._product = product

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:  # noqa: ARG002
        """Begin: what comes in here is which question it is, not what the user entered."""
        return await self.async_step_where()

    async def async_step_where(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask."""
        placeholders = {"product": self._product, "error": ""}
        if user_input is not None:
            try:
                await self._async_answer(user_input)
            except ServiceValidationError as error:
                placeholders["error"] = self.refused(error)
            else:
                return self.async_create_entry(data={})
        pantries = self.pantry.pantries.values()
        options = [SelectOptionDict(value=one.pantry_id, label=one.name) for one in pantries]
        nowhere = self.pantry.texts.text("question_nowhere")
        choice = SelectSelectorConfig(
            options=[*options, SelectOptionDict(value=NOWHERE, label=nowhere)], mode=SelectSelectorMode.LIST
        )
        return self.async_show_form(
            step_id="where",
            data_schema=vol.Schema(
                {
                    vol.Required(CONF_PANTRY): SelectSelector(choice),
                    vol.Optional(CONF_BEST_BEFORE): DateSelector(),
                }
            ),
            errors={"base": "refused"} if placeholders["error"] else {},
            description_placeholders=placeholders,
        )

    async def _async_answer(self, user_input: dict[str, Any]) -> None:
        until = user_input.get(CONF_BEST_BEFORE)
        await self.pantry.intake.async_place(
            self._draft_id,
            None if user_input[CONF_PANTRY] == NOWHERE else PantryId(user_input[CONF_PANTRY]),
            best_before=None if until is None else dt_util.parse_date(until),
            by=self.by,
        )


class WhatFlow(QuestionFlow):
    """Asks what a code is on that nobody knows."""

    def __init__(self, entry: CerebroConfigEntry, code: str) -> None:
        """Take the code."""
        super().__init__(entry)
        self._code = code

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:  # noqa: ARG002
        """Begin: what comes in here is which question it is, not what the user entered."""
        return await self.async_step_what()

    async def async_step_what(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask."""
        placeholders = {"code": self._code, "error": ""}
        if user_input is not None:
            try:
                await self.pantry.intake.async_name(self._code, user_input[CONF_NAME], by=self.by)
            except ServiceValidationError as error:
                placeholders["error"] = self.refused(error)
            else:
                return self.async_create_entry(data={})
        return self.async_show_form(
            step_id="what",
            data_schema=vol.Schema({vol.Required(CONF_NAME): TextSelector()}),
            errors={"base": "refused"} if placeholders["error"] else {},
            description_placeholders=placeholders,
        )
