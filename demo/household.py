"""The people of the demo home: they set Home Assistant up, and carry phones."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any, Final, Self

from .api import Api, create_owner, log_in
from .flows import go_through
from .phone import Phone, System
from .process import HomeAssistant

OWNER: Final = "Ada"
PARTNER: Final = "Alan"
USERNAME: Final = "demo"
PASSWORD: Final = "demo-home"  # noqa: S105 - printed for whoever looks at the demo, on this machine only
PARTNER_USERNAME: Final = "alan"


class Household:
    """Ada, who lives in the demo home, and Alan, who is on a journey."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Take their Home Assistant."""
        self.hass = hass
        self.api = Api(hass.url)
        self.partner_api = Api(hass.url)
        self.phone = Phone(self.api, f"{OWNER}’s phone", system=System.ANDROID, push_url=True)
        self.partner_phone = Phone(self.partner_api, f"{PARTNER}’s phone", system=System.IOS, push_url=False)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Be there."""
        await self._stack.enter_async_context(self.api)
        await self._stack.enter_async_context(self.partner_api)
        self._stack.push_async_callback(self.phone.close)
        self._stack.push_async_callback(self.partner_phone.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Go."""
        await self._stack.aclose()

    async def move_in(self, *, seed: int, pace: float, resident: bool = True) -> None:
        """Create the accounts, the demo home, the persons and their phones."""
        await create_owner(
            self.api,
            name=OWNER,
            username=USERNAME,
            password=PASSWORD,
            language=self.hass.language,
        )
        await self.api.wait_until_running()
        await go_through(
            self.api,
            "demo_home",
            fill=lambda _, values: values | {"seed": seed, "pace": pace, "resident": resident},
        )
        await self._add_partner()
        for phone, home in ((self.phone, True), (self.partner_phone, False)):
            await phone.register()
            await phone.offer_next_alarm()
            await phone.place(home=home)

    async def come_back(self) -> None:
        """Reach a Home Assistant that was away: new connections, the same phones and tokens."""
        await self.api.wait_until_running()
        for api in (self.api, self.partner_api):
            await api.reconnect()
        await self.partner_phone.listen()
        # Phones tell where they are when they reach their home again.
        await self.phone.place(home=True)
        await self.partner_phone.place(home=False)

    async def persons(self) -> list[dict[str, Any]]:
        """Return the persons."""
        found: list[dict[str, Any]] = (await self.api.call("person/list"))["storage"]
        return found

    async def _add_partner(self) -> None:
        created = await self.api.call("config/auth/create", name=PARTNER, group_ids=["system-users"])
        user_id = created["user"]["id"]
        await self.api.call(
            "config/auth_provider/homeassistant/create",
            user_id=user_id,
            username=PARTNER_USERNAME,
            password=PASSWORD,
        )
        await self.api.call("person/create", name=PARTNER, user_id=user_id, device_trackers=[])
        await log_in(self.partner_api, PARTNER_USERNAME, PASSWORD)
