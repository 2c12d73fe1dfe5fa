"""Home Assistant's own HTTP and websocket interfaces, as a client uses them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final, Self

import aiohttp

ANSWER_SECONDS: Final = 30.0
START_SECONDS: Final = 120.0

type Json = dict[str, Any]


class ApiError(Exception):
    """Home Assistant refused something."""


class Api:
    """A client of Home Assistant that is logged in as one user."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Take where it is, and the token of the user where there is one already."""
        self.url = url
        self.token = token
        self._session = aiohttp.ClientSession()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._listeners: dict[int, Callable[[Any], None]] = {}
        self._last_id = 0

    async def __aenter__(self) -> Self:
        """Return the client."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        await self.close()

    async def close(self) -> None:
        """Hang up for good."""
        await self._hang_up()
        await self._session.close()

    async def reconnect(self) -> None:
        """Open the websocket anew: subscriptions are gone."""
        await self._hang_up()
        await self.connect()

    async def _hang_up(self) -> None:
        self._listeners.clear()
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._reader = None
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    # HTTP.

    async def get(self, path: str) -> Any:
        """Get something."""
        return await self._request("GET", path)

    async def post(self, path: str, data: Mapping[str, Any] | None = None, *, form: bool = False) -> Any:
        """Post something, as JSON or as a form."""
        return await self._request("POST", path, data, form=form)

    async def act(self, action: str, data: Mapping[str, Any] | None = None, *, response: bool = False) -> Any:
        """Call an action and wait until it is done; return its response where one is wanted."""
        domain, service = action.split(".")
        found = await self.call(
            "call_service",
            domain=domain,
            service=service,
            service_data=dict(data or {}),
            return_response=response,
        )
        return found["response"] if response else None

    async def wait_until_running(self) -> None:
        """Wait until everything that starts with Home Assistant has started."""
        async with asyncio.timeout(START_SECONDS):
            # No event tells it to a client that came while it started.
            while (await self.get("/api/config"))["state"] != "RUNNING":  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def state(self, entity_id: str) -> Json:
        """Return an entity's state."""
        found: Json = await self.get(f"/api/states/{entity_id}")
        return found

    async def _request(
        self, method: str, path: str, data: Mapping[str, Any] | None = None, *, form: bool = False
    ) -> Any:
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        body = {"data": data} if form else {"json": None if data is None else dict(data)}
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with self._session.request(
            method, self.url + path, headers=headers, timeout=timeout, **body
        ) as answer:
            if answer.status >= 400:
                raise ApiError(f"{method} {path}: {answer.status} {await answer.text()}")
            if answer.content_type == "application/json":
                return await answer.json()
            return await answer.text()

    # Websocket.

    async def connect(self) -> None:
        """Open the websocket."""
        self._socket = await self._session.ws_connect(
            f"{self.url}/api/websocket", max_msg_size=64 * 1024 * 1024, heartbeat=30
        )
        await self._socket.receive_json()
        await self._socket.send_json({"type": "auth", "access_token": self.token})
        welcome = await self._socket.receive_json()
        if welcome["type"] != "auth_ok":
            raise ApiError(f"not let in: {welcome}")
        self._reader = asyncio.create_task(self._read(self._socket))

    async def call(self, kind: str, **message: Any) -> Any:
        """Send a command and return its result."""
        _, answer = await self._send(kind, message)
        return answer

    async def subscribe(self, listener: Callable[[Any], None], kind: str, **message: Any) -> int:
        """Subscribe to something; the listener gets each event."""
        subscription, _ = await self._send(kind, message, listener)
        return subscription

    async def _send(
        self, kind: str, message: Mapping[str, Any], listener: Callable[[Any], None] | None = None
    ) -> tuple[int, Any]:
        if self._socket is None:
            await self.connect()
        assert self._socket is not None  # noqa: S101 - for the type checker
        self._last_id += 1
        number = self._last_id
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        if listener is not None:
            self._listeners[number] = listener
        try:
            await self._socket.send_json({"id": number, "type": kind, **message})
            async with asyncio.timeout(ANSWER_SECONDS):
                return number, await answer
        except TimeoutError as error:
            raise ApiError(f"{kind}: no answer") from error
        finally:
            self._answers.pop(number, None)

    async def _read(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        async for received in websocket:
            if received.type is not aiohttp.WSMsgType.TEXT:
                continue
            messages = received.json()
            for message in messages if isinstance(messages, list) else [messages]:
                self._take(message)
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ApiError("Home Assistant hung up"))

    def _take(self, message: Json) -> None:
        number = message.get("id", 0)
        if message["type"] == "event" and (listener := self._listeners.get(number)) is not None:
            listener(message["event"])
            return
        answer = self._answers.get(number)
        if message["type"] != "result" or answer is None or answer.done():
            return
        if message["success"]:
            answer.set_result(message["result"])
        else:
            answer.set_exception(ApiError(f"{message['error']['code']}: {message['error']['message']}"))


async def create_owner(api: Api, *, name: str, username: str, password: str, language: str) -> None:
    """Create the first user of a new Home Assistant, and log the client in as them for good."""
    created = await api.post(
        "/api/onboarding/users",
        {
            "client_id": f"{api.url}/",
            "name": name,
            "username": username,
            "password": password,
            "language": language,
        },
    )
    await _take_token(api, created["auth_code"])


async def log_in(api: Api, username: str, password: str) -> None:
    """Log the client in for good."""
    client = f"{api.url}/"
    flow = await api.post(
        "/auth/login_flow",
        {"client_id": client, "handler": ["homeassistant", None], "redirect_uri": client},
    )
    done = await api.post(
        f"/auth/login_flow/{flow['flow_id']}",
        {"client_id": client, "username": username, "password": password},
    )
    await _take_token(api, done["result"])


async def _take_token(api: Api, code: str) -> None:
    grant = {"client_id": f"{api.url}/", "grant_type": "authorization_code", "code": code}
    short = await api.post("/auth/token", grant, form=True)
    api.token = short["access_token"]
    api.token = await api.call("auth/long_lived_access_token", client_name="Demo", lifespan=30)
