"""Fake phones: the companion app’s side of Home Assistant’s real mobile_app integration."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr


@dataclass(kw_only=True)
class PushServer:
    """A push service on the loopback interface that takes what it is sent, or refuses it."""

    got: list[dict[str, Any]] = field(default_factory=list)
    status: int = HTTPStatus.CREATED
    server: TestServer = field(init=False)

    async def async_start(self) -> PushServer:
        """Listen."""
        app = web.Application()
        app.router.add_post("/push", self._take)
        self.server = TestServer(app)
        await self.server.start_server()
        return self

    @property
    def url(self) -> str:
        """Where it takes messages."""
        return str(self.server.make_url("/push"))

    async def _take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        return web.json_response({"target": "ok"}, status=self.status)


@dataclass(kw_only=True)
class FakePhone:
    """A phone as the companion app registers it."""

    hass: HomeAssistant
    client: TestClient[Any, Any]
    name: str
    app_data: dict[str, Any]
    webhook_id: str = ""
    device_id: str = ""

    async def async_register(self) -> FakePhone:
        """Register with Home Assistant."""
        answer = await self.client.post(
            "/api/mobile_app/registrations",
            json={
                "app_id": "io.example.companion",
                "app_name": "Companion",
                "app_version": "2026.11",
                "device_id": f"app-{self.name}",
                "device_name": self.name,
                "manufacturer": "Maker",
                "model": "Model",
                "os_name": "Android",
                "os_version": "17",
                "supports_encryption": False,
                "app_data": self.app_data,
            },
        )
        assert answer.status == HTTPStatus.CREATED
        self.webhook_id = (await answer.json())["webhook_id"]
        await self.hass.async_block_till_done()
        entry = next(
            entry
            for entry in self.hass.config_entries.async_entries("mobile_app")
            if entry.data["webhook_id"] == self.webhook_id
        )
        device = dr.async_get(self.hass).async_get_device_by_identifier(
            ("mobile_app", f"app-{self.name}"), entry.entry_id
        )
        assert device is not None
        self.device_id = device.id
        return self

    async def async_answer(self, action: str, **data: Any) -> None:
        """Tap an action of a notification."""
        answer = await self.client.post(
            f"/api/webhook/{self.webhook_id}",
            json={
                "type": "fire_event",
                "data": {
                    "event_type": "mobile_app_notification_action",
                    "event_data": {"action": action, **data},
                },
            },
        )
        assert answer.status == HTTPStatus.OK
        await self.hass.async_block_till_done()


class Socket:
    """The local push channel of a phone: a websocket that confirms what it gets."""

    def __init__(self, ws: Any, phone: FakePhone) -> None:
        """Take a websocket client of the phone's user."""
        self._ws = ws
        self._phone = phone
        self.channel = 0

    async def async_open(self) -> Socket:
        """Ask for the phone's messages."""
        await self._ws.send_json_auto_id(
            {
                "type": "mobile_app/push_notification_channel",
                "webhook_id": self._phone.webhook_id,
                "support_confirm": True,
            }
        )
        opened = await self._ws.receive_json()
        assert opened["success"]
        self.channel = opened["id"]
        return self

    async def async_next(self) -> dict[str, Any]:
        """Return the next message, confirmed."""
        got: dict[str, Any] = (await self._ws.receive_json())["event"]
        await self._ws.send_json_auto_id(
            {
                "type": "mobile_app/push_notification_confirm",
                "webhook_id": self._phone.webhook_id,
                "confirm_id": got.pop("hass_confirm_id"),
            }
        )
        assert (await self._ws.receive_json())["success"]
        return got

    async def async_close(self) -> None:
        """Lose the channel."""
        await self._ws.close()
