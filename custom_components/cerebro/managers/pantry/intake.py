"""The intake: what comes in from lists and scanners by itself, and the questions when it cannot be known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
import logging
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ...core.pantry.draft import DraftId, DraftLine, Source
from ...core.pantry.model import Change, ChangeId, Pantry, PantryId, ProductId
from ...core.pantry.notices import Notice
from ...core.pantry.quantity import Amount, Quantity
from ...core.pantry.shopping.items import Item
from ...core.pantry.telling import Bought, bought
from ..issues import Issues
from ..texts import Texts
from .books import Books
from .confirming import Confirming, booked_as
from .crier import Crier
from .drafts import Drafts
from .keeper import Asked, Keeper
from .measures import as_said
from .questions import Questions
from .scanner import Scan, Scanner
from .sources import Source as CodeSource

_LOGGER = logging.getLogger(__name__)

WHERE: Final = "where_does_it_go"
"""The question for the pantry of a thing."""
WHAT: Final = "what_is_it"
"""The question for the name of a code."""
NOWHERE: Final = "nowhere"
"""The answer that a thing is kept in no pantry."""


class Intake:
    """Books what comes in, and asks what it cannot know: where a thing goes, and what a code is on."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        books: Books,
        keeper: Keeper,
        scanner: Callable[[], Scanner],
        drafts: Drafts,
        confirming: Confirming,
        pantries: Callable[[], Mapping[PantryId, Pantry]],
        phones: Callable[[], tuple[str, ...]],
        crier: Crier,
        issues: Issues,
        texts: Texts,
    ) -> None:
        """Take who books, and where and whom questions are asked."""
        self._hass = hass
        self._books = books
        self._keeper = keeper
        self._scanner = scanner
        self._drafts = drafts
        self._confirming = confirming
        self._pantries = pantries
        self._crier = crier
        self._issues = issues
        self._texts = texts
        self._questions = Questions(hass, texts, phones, self._async_answered)
        self._ends: list[CALLBACK_TYPE] = []
        drafts.follow(self._settle)

    @callback
    def follow(self, sources: tuple[CodeSource, ...]) -> None:
        """Take codes from these sources from now on, and from no others."""
        self.stop()
        self._questions.start()
        self._ends = [source.follow(self._hass, self._scanned) for source in sources]

    @callback
    def stop(self) -> None:
        """Take no codes and no answers any more."""
        self._questions.stop()
        while self._ends:
            self._ends.pop()()

    async def async_put_away(self, item: Item, by: str | None) -> None:
        """Book that a thing on the list was bought; where it goes is asked only when it cannot be known.

        The same tick counts once, though it was forgotten in a kill and is done again.

        Raises:
            ServiceValidationError: when it cannot be booked for another reason.
            HomeAssistantError: when it cannot be written.
        """
        amount = _amount(item)
        told = Bought(product=item.product_id or item.summary, amount=amount)
        change_id, placed = _purchases(item)
        if self._books.stock.seen(placed):
            return
        try:
            await self._keeper.async_tell(partial(bought, told=told), Asked(context="list", by=by), change_id)
        except ServiceValidationError as error:
            if error.translation_key != "which_pantry":
                raise
            await self._async_ask_where(item.summary, item.product_id, amount, DraftId(change_id))

    async def async_take_back(self, item: Item, by: str | None) -> None:
        """Take out of the stock what was put away of an item whose tick is taken back, if that still can be.

        Where it goes is asked no more.

        Raises:
            HomeAssistantError: when it cannot be written.
        """
        purchase, placed = _purchases(item)
        question = DraftId(purchase)
        if any(draft.draft_id == question for draft in self._drafts.waiting):
            await self.async_place(question, None)
            return
        for change_id in filter(self._books.stock.seen, (purchase, placed)):
            try:
                await self._books.async_undo(change_id, by=by)
            except ServiceValidationError as error:
                if error.translation_key != "changed_since":
                    raise
                # Who has used some of it has bought it, or has taken it back already.
                _LOGGER.debug("What was bought of %s was touched since, and stays in stock", item.uid)

    async def async_name(self, code: str, name: str, *, by: str | None = None) -> Change:
        """Book what a code was on that nobody knew, now that somebody says what it is.

        Raises:
            ServiceValidationError: when it cannot be booked even so.
            HomeAssistantError: when it cannot be written.
        """
        change = await self._scanner().async_scan(Scan(code=code, name=name), Asked(context="scan", by=by))
        self._issues.cure(WHAT, code)
        await self._questions.async_clear(_question(WHAT, code))
        return change

    async def async_place(
        self,
        draft_id: str,
        pantry_id: PantryId | None,
        *,
        best_before: date | None = None,
        by: str | None = None,
    ) -> None:
        """Put away what waited for somebody to say where it goes; nowhere: it is let go of.

        Raises:
            ServiceValidationError: when it cannot be booked even so.
            HomeAssistantError: when it cannot be written.
        """
        try:
            if pantry_id is None:
                self._drafts.discard(draft_id)
            else:
                asked = Asked(context="list", by=by)
                await self._confirming.async_confirm(
                    draft_id, asked, pantry_id=pantry_id, best_before=best_before
                )
        except ServiceValidationError as error:
            if error.translation_key == "draft_unknown":  # It waited for too long: nobody can answer it.
                self._settle(draft_id)
            raise

    @callback
    def _settle(self, draft_id: str) -> None:
        """Ask no more where a thing goes."""
        self._issues.cure(WHERE, draft_id)
        clear = self._questions.async_clear(_question(WHERE, draft_id))
        self._hass.async_create_task(clear, "cerebro takes a question back")

    async def _async_answered(self, question_id: str, answer: str, by: str | None) -> None:
        kind, _, about = question_id.partition("-")
        if kind == WHAT:
            await self.async_name(about, answer, by=by)
        else:
            await self.async_place(about, None if answer == NOWHERE else PantryId(answer), by=by)

    @callback
    def _scanned(self, code: str, by: str | None) -> None:
        self._hass.async_create_task(self._async_scanned(code, by), "cerebro books a scanned code")

    async def _async_scanned(self, code: str, by: str | None) -> None:
        try:
            await self._scanner().async_scan(Scan(code=code), Asked(context="scan", by=by))
        except ServiceValidationError as error:
            if error.translation_key == "name_needed":
                await self._async_ask_what(code)
            elif error.translation_key == "which_pantry":
                await self._async_ask_where(*self._scanned_thing(code))
            else:
                self._tell(code, error)
        except HomeAssistantError as error:
            self._tell(code, error)

    def _scanned_thing(self, code: str) -> tuple[str, ProductId | None, Amount | None]:
        product = self._scanner().product(code)
        return (code, None, None) if product is None else (product.name, product.product_id, None)

    async def _async_ask_where(
        self,
        name: str,
        product_id: ProductId | None,
        amount: Amount | None,
        draft_id: DraftId | None = None,
    ) -> None:
        line = DraftLine(name=name, product_id=product_id, amount=amount)
        draft = self._drafts.add(Source.LIST, (line,), draft_id)
        await self._drafts.async_flush()  # What was bought waits in it alone.
        self._issues.report(
            WHERE,
            draft.draft_id,
            placeholders={"product": name},
            fix={"draft": draft.draft_id, "product": name},
        )
        question = self._texts.text("question_where", product=name)
        told = {"question": question, "draft": draft.draft_id, "product": name}
        self._crier.household.happened(Notice.QUESTION, told)
        choices: dict[str, str] = {one.pantry_id: one.name for one in self._pantries().values()}
        choices[NOWHERE] = self._texts.text("question_nowhere")
        await self._questions.async_ask(_question(WHERE, draft.draft_id), question, choices)

    async def _async_ask_what(self, code: str) -> None:
        self._issues.report(WHAT, code, placeholders={"code": code}, fix={"code": code})
        question = self._texts.text("question_what", code=code)
        self._crier.household.happened(Notice.QUESTION, {"question": question, "code": code})
        await self._questions.async_ask(_question(WHAT, code), question)

    def _tell(self, code: str, error: HomeAssistantError) -> None:
        """Say that a code could not be booked: whoever scanned it does not look at a page."""
        _LOGGER.info("The scanned code %s could not be booked: %s", code, error)
        self._crier.household.happened(
            Notice.QUESTION, {"question": self._texts.refusal(error), "code": code}
        )


def _amount(item: Item) -> Amount | None:
    if item.amount is None or item.measure is None:
        return None
    return as_said(Quantity(thousandths=item.amount, measure=item.measure))


def _purchases(item: Item) -> tuple[ChangeId, ChangeId]:
    """Return by which changes this tick of an item is booked: at once, or once it is known where it goes."""
    purchase = f"{item.uid}_{item.unticked}"
    return ChangeId(purchase), booked_as(DraftId(purchase), 0)


def _question(kind: str, about: str) -> str:
    return f"{kind}-{about}"
