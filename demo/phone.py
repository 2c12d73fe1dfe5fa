"""A phone with the companion app: registered, reached by push, answered by taps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Self

from aiohttp import web

from .api import Api, ApiError, Json
from .process import LOOPBACK

PUSH_TOKEN: Final = "demo"  # noqa: S105 - the pretended push service takes any


class System(StrEnum):
    """The operating system of a phone."""

    ANDROID = "Android"
    IOS = "iOS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification as it arrived."""

    message: str
    title: str | None
    data: Mapping[str, Any] = field(default_factory=dict)
    at: datetime

    @property
    def tag(self) -> str | None:
        """What it replaces."""
        return self.data.get("tag")

    @property
    def actions(self) -> tuple[Json, ...]:
        """The buttons it shows."""
        return tuple(self.data.get("actions") or ())


class Phone:
    """A phone."""

    def __init__(self, api: Api, name: str, *, system: System, push_url: bool) -> None:
        """Take the client of the phone's user, and whether it is reached by URL or by websocket."""
        self.name = name
        self.system = system
        self.device_id = f"demo_{name.lower().replace(' ', '_').replace('’', '')}"
        self.received: list[Notification] = []
        self.shown: dict[str, Notification] = {}
        """What is on the screen, by tag."""
        self.on_received: Callable[[Notification], None] = lambda _: None
        """Called with each notification that arrives."""
        self._api = api
        self._push_url = push_url
        self._runner: web.AppRunner | None = None
        self._webhook: str | None = None
        self._confirmations: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Switch it on."""
        await self.register()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Switch it off."""
        await self.close()

    async def register(self) -> None:
        """Register with Home Assistant, as the app does when it is opened first."""
        app_data: Json = {"push_websocket_channel": True}
        if self._push_url:
            app_data = {"push_url": await self._serve(), "push_token": PUSH_TOKEN}
        registration = await self._api.post(
            "/api/mobile_app/registrations",
            {
                "app_data": app_data,
                "app_id": "io.homeassistant.demo",
                "app_name": "Demo phone",
                "app_version": "1.0",
                "device_id": self.device_id,
                "device_name": self.name,
                "manufacturer": "Demo",
                "model": self.system.value,
                "os_name": self.system.value,
                "os_version": "20",
                "supports_encryption": False,
            },
        )
        self._webhook = registration["webhook_id"]
        if not self._push_url:
            await self.listen()

    async def listen(self) -> None:
        """Open the websocket channel; again after Home Assistant was away."""
        await self._api.subscribe(
            self._pushed_by_websocket,
            "mobile_app/push_notification_channel",
            webhook_id=self._webhook,
            support_confirm=True,
        )

    async def close(self) -> None:
        """Switch the phone off."""
        for task in self._confirmations:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def place(self, *, home: bool) -> None:
        """Tell where the phone is."""
        await self._webhook_call(
            "update_location", {"location_name": "home" if home else "not_home", "gps_accuracy": 10}
        )

    async def offer_next_alarm(self) -> None:
        """Offer the next alarm as a sensor, none being set."""
        if self.system is not System.ANDROID:
            return
        await self._webhook_call(
            "register_sensor",
            {
                "device_class": "timestamp",
                "icon": "mdi:alarm",
                "name": "Next alarm",
                "state": None,
                "type": "sensor",
                "unique_id": "next_alarm",
            },
        )

    async def set_next_alarm(self, at: datetime | None) -> None:
        """Set the phone's own alarm clock."""
        state = None if at is None else at.astimezone(UTC).isoformat()
        row = {"icon": "mdi:alarm", "state": state, "type": "sensor", "unique_id": "next_alarm"}
        await self._webhook_call("update_sensor_states", [row])

    def offered(self, prefix: str) -> tuple[Notification, Json] | None:
        """Return the button on the screen whose id begins so, with its notification."""
        for notification in reversed(list(self.shown.values())):
            for action in notification.actions:
                if str(action["action"]).upper().startswith(prefix.upper()):
                    return notification, action
        return None

    async def tap(self, prefix: str) -> str | None:
        """Tap the button whose id begins so; return its id, or nothing when there is none."""
        if (found := self.offered(prefix)) is None:
            return None
        notification, action = found
        await self.send_action(action["action"], notification)
        return str(action["action"])

    async def send_action(self, action: str, notification: Notification | None = None) -> None:
        """Tell Home Assistant that a button was tapped: Android echoes all data, iOS only the id."""
        data: Json = {"action": action}
        if notification is not None and self.system is System.ANDROID:
            data |= {"message": notification.message, "title": notification.title}
            data |= {key: value for key, value in notification.data.items() if key != "actions"}
        elif notification is not None and "action_data" in notification.data:
            data["action_data"] = notification.data["action_data"]
        await self._webhook_call(
            "fire_event", {"event_type": "mobile_app_notification_action", "event_data": data}
        )

    async def wait_for(self, prefix: str, seconds: float) -> bool:
        """Wait until a button whose id begins so is on the screen."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.offered(prefix) is None:
                    self._news.clear()
                    await self._news.wait()
                return True
        return False

    async def _webhook_call(self, kind: str, data: Any) -> Any:
        if self._webhook is None:
            raise ApiError(f"{self.name} is not registered")
        return await self._api.post(f"/api/webhook/{self._webhook}", {"type": kind, "data": data})

    async def _serve(self) -> str:
        """Be the push service of this phone, on the loopback interface."""
        application = web.Application()
        application.router.add_post("/push", self._pushed_by_url)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/push"

    async def _pushed_by_url(self, request: web.Request) -> web.Response:
        self._take(await request.json())
        return web.json_response({}, status=201)

    def _pushed_by_websocket(self, event: Json) -> None:
        self._take(event)
        if (confirm_id := event.get("hass_confirm_id")) is not None:
            task = asyncio.create_task(self._confirm(confirm_id))
            self._confirmations.add(task)
            task.add_done_callback(self._confirmations.discard)

    async def _confirm(self, confirm_id: str) -> None:
        await self._api.call(
            "mobile_app/push_notification_confirm", webhook_id=self._webhook, confirm_id=confirm_id
        )

    def _take(self, pushed: Json) -> None:
        notification = Notification(
            message=pushed.get("message", ""),
            title=pushed.get("title"),
            data=pushed.get("data") or {},
            at=datetime.now(UTC),
        )
        self.received.append(notification)
        tag = notification.tag or f"#{len(self.received)}"
        if notification.message == "clear_notification":
            self.shown.pop(tag, None)
        else:
            self.shown.pop(tag, None)
            self.shown[tag] = notification
        self._news.set()
        self.on_received(notification)
