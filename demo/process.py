"""A real Home Assistant as a child process, with a folder of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import re
import shutil
import signal
import socket
from typing import Any, Final
from zoneinfo import ZoneInfo

ROOT: Final = Path(__file__).resolve().parents[1]
HASS: Final = ROOT / ".venv-live" / "bin" / "hass"
LOOPBACK: Final = "127.0.0.1"
USUAL_PORT: Final = 8123

START_SECONDS: Final = 120.0
STOP_SECONDS: Final = 40.0
"""How long Home Assistant may take to stop before it is killed: its own limit lies below."""

OURS: Final = ("cerebro", "demo_home")
UNTESTED: Final = "which has not been tested by Home Assistant"
"""What Home Assistant's loader warns of for every custom integration."""

LOG_LINE: Final = re.compile(r"^\S+ \S+ (WARNING|ERROR|CRITICAL) \(.*?\) \[(.*?)\] (.*)$")

# One zone for each hour of the day: the demo's morning is a morning wherever it runs.
ZONES: Final = (
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Mexico_City",
    "America/Bogota",
    "America/Santo_Domingo",
    "America/Sao_Paulo",
    "America/Noronha",
    "Atlantic/Cape_Verde",
    "Africa/Abidjan",
    "Europe/Paris",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Manila",
    "Asia/Tokyo",
    "Australia/Brisbane",
    "Pacific/Guadalcanal",
    "Pacific/Tarawa",
)
MORNING_HOUR: Final = 7
"""Early, but no longer the night, in which nobody is told of a shopping list."""

CONFIGURATION: Final = """\
homeassistant:
  name: Demo home
  country: FR
  currency: EUR
  elevation: 35
  external_url: {url}
  internal_url: {url}
  language: {language}
  latitude: 48.8534
  longitude: 2.3488
  time_zone: {time_zone}
  unit_system: metric
ffmpeg:
  ffmpeg_bin: {folder}/bin/ffmpeg
logger:
  default: warning
  logs:
    custom_components: info
automation: !include automations.yaml
frontend:
history:
logbook:
media_source:
mobile_app:
my:
recorder:
  commit_interval: 1
script: !include scripts.yaml
sun:
"""

# The demo's voice is silence: nothing is ever converted, but the integration asks for the version.
FFMPEG: Final = '#!/bin/sh\necho "ffmpeg version 7.1"\n'

# Only the user's account is left to Home Assistant's onboarding: its other steps fetch things.
ONBOARDING: Final = {"done": ["core_config", "analytics", "integration"]}
# All that listens, listens on the loopback interface.
NETWORK: Final = {"configured_adapters": ["lo"]}


class HomeAssistantError(Exception):
    """Home Assistant did not start, or died."""


def free_port(wanted: int | None = None) -> int:
    """Return the wanted port if it is free, else the usual one, else any."""
    candidates = [USUAL_PORT, 0] if wanted is None else [wanted]
    for port in candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise HomeAssistantError(f"port {wanted} is taken")


def morning_zone(now: datetime | None = None) -> str:
    """Return a time zone in which it is early morning."""
    now = now or datetime.now(UTC)
    return next((zone for zone in ZONES if now.astimezone(ZoneInfo(zone)).hour == MORNING_HOUR), ZONES[12])


class HomeAssistant:
    """Home Assistant in its folder."""

    def __init__(self, folder: Path, port: int, *, language: str = "en") -> None:
        """Take where it lives and where it listens."""
        self.folder = folder
        self.port = port
        self.language = language
        self.url = f"http://{LOOPBACK}:{port}"
        self._child: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        """Whether the child is alive."""
        return self._child is not None and self._child.returncode is None

    @property
    def pid(self) -> int:
        """The child's process id."""
        if self._child is None:
            raise HomeAssistantError("Home Assistant was not started")
        return self._child.pid

    def make_folder(self) -> None:
        """Make the configuration folder afresh."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        (self.folder / "custom_components").mkdir(parents=True)
        (self.folder / "bin").mkdir()
        (self.folder / ".storage").mkdir()
        components = self.folder / "custom_components"
        (components / "cerebro").symlink_to(ROOT / "custom_components" / "cerebro")
        (components / "demo_home").symlink_to(ROOT / "demo" / "custom_components" / "demo_home")
        # The demo's integration finds its physics there, and nothing else of the repository.
        (self.folder / "lib").mkdir()
        (self.folder / "lib" / "demo").symlink_to(ROOT / "demo")
        ffmpeg = self.folder / "bin" / "ffmpeg"
        ffmpeg.write_text(FFMPEG)
        ffmpeg.chmod(0o755)
        (self.folder / "automations.yaml").write_text("[]\n")
        (self.folder / "scripts.yaml").write_text("{}\n")
        (self.folder / "configuration.yaml").write_text(
            CONFIGURATION.format(
                url=self.url,
                folder=self.folder,
                language=self.language,
                time_zone=morning_zone(),
            )
        )
        self.write_store("onboarding", ONBOARDING, version=4)
        self.write_store("core.network", NETWORK)
        self.write_store("http", _http(self.port), version=3)
        self.write_store(
            "core.config_entries",
            {"entries": [_disabled("marketplace"), _disabled("analytics")]},
            minor_version=5,
        )

    def write_store(
        self, key: str, data: Mapping[str, Any], *, version: int = 1, minor_version: int = 1
    ) -> None:
        """Write a store; nothing of Home Assistant's may have it open."""
        content = {"version": version, "minor_version": minor_version, "key": key, "data": data}
        (self.folder / ".storage" / key).write_text(json.dumps(content, indent=2))

    def read_store(self, key: str) -> Any:
        """Return what a store holds on the disk."""
        return json.loads((self.folder / ".storage" / key).read_text())["data"]

    async def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            HomeAssistantError: when it does not.
        """
        if not HASS.exists():
            raise HomeAssistantError("scripts/setup was not run: there is no Home Assistant in .venv-live")
        with (self.folder / "console.log").open("ab") as console:
            self._child = await asyncio.create_subprocess_exec(
                HASS,
                "--config",
                self.folder,
                "--skip-pip",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                # Ctrl-C is for the demo: it stops Home Assistant itself, in its own order.
                start_new_session=True,
                env=_environment(self.folder / "lib"),
            )
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await self._answers():
                    if not self.running:
                        raise HomeAssistantError(f"Home Assistant died:\n{self.last_words()}")
                    await asyncio.sleep(0.2)
        except TimeoutError as error:
            await self.stop()
            raise HomeAssistantError(f"Home Assistant did not start:\n{self.last_words()}") from error

    async def wait(self) -> int | None:
        """Wait until it has ended by itself, and return its exit code."""
        return None if self._child is None else await self._child.wait()

    async def stop(self) -> int | None:
        """Stop it as a user would; kill it only when it does not. Return its exit code."""
        if self._child is None:
            return None
        if self.running:
            self._child.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                return await self._child.wait()
        except TimeoutError:
            return await self.kill()

    async def kill(self) -> int | None:
        """Kill it without a warning, as a power cut does."""
        if self._child is None:
            return None
        if self.running:
            os.kill(self._child.pid, signal.SIGKILL)
        return await self._child.wait()

    def complaints(self, names: Sequence[str] = OURS) -> list[str]:
        """Return the warnings and errors in the log that name one of those."""
        found = []
        for line in self.log_lines():
            match = LOG_LINE.match(line)
            if match is None or UNTESTED in line:
                continue
            if any(name in match[2] or name in match[3] for name in names):
                found.append(line)
        return found

    def log_lines(self) -> list[str]:
        """Return the log's lines, those before a restart included."""
        lines: list[str] = []
        for name in ("home-assistant.log.1", "home-assistant.log"):
            path = self.folder / name
            if path.exists():
                lines += path.read_text(errors="replace").splitlines()
        return lines

    def last_words(self, count: int = 20) -> str:
        """Return the end of what it printed and logged."""
        console = self.folder / "console.log"
        printed = console.read_text(errors="replace").splitlines() if console.exists() else []
        return "\n".join([*printed[-count:], *self.log_lines()[-count:]])

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection(LOOPBACK, self.port)
        except OSError:
            return False
        try:
            writer.write(b"GET /manifest.json HTTP/1.0\r\nHost: localhost\r\n\r\n")
            await writer.drain()
            return b" 200 " in await reader.readline()
        except OSError:
            return False
        finally:
            writer.close()


def _environment(library: Path) -> dict[str, str]:
    """Return the child's environment: nothing of a Python that happens to be active here."""
    environment = {
        key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONHOME"}
    }
    path = [str(library), environment.get("PYTHONPATH")]
    return environment | {"PYTHONPATH": os.pathsep.join(one for one in path if one)}


def _http(port: int) -> dict[str, Any]:
    """Return the web server's settings confirmed: unconfirmed ones are taken back after a while."""
    stable = {
        "server_host": [LOOPBACK],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": True,
        "ssl_profile": "intermediate_v6",
        "use_x_frame_options": True,
        "created_at": datetime.now(UTC).isoformat(),
        "error": None,
        "error_message": None,
    }
    return {"stable": stable, "pending": None, "yaml_migration_done": True}


def _disabled(domain: str) -> dict[str, Any]:
    """Return the disabled entry of an integration that sets itself up: it would fetch things."""
    now = datetime.now(UTC).isoformat()
    return {
        "created_at": now,
        "modified_at": now,
        "data": {},
        "options": {},
        "disabled_by": "user",
        "discovery_keys": {},
        "domain": domain,
        "entry_id": f"demo{domain:_<22}",
        "version": 1,
        "minor_version": 1,
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "system",
        "subentries": [],
        "title": domain.capitalize(),
        "unique_id": None,
    }
