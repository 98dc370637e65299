"""The pocket Telegram as a process of its own, started and stopped by a test or a tool."""

import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from bot.pocket.person import Person, PocketError, answer_of

STOP_SECONDS = 5.0


class PocketTelegram:
    """Starts a pocket on a free port, keeps its address over restarts, and stops it at the end.

    `with PocketTelegram() as telegram: sam = telegram.person("Sam, volunteer")`
    """

    def __init__(self, state: Path | None = None, token: str | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pocket-") if state is None else None
        self.state = state if state is not None else Path(self._folder.name if self._folder else "") / "telegram.sqlite"
        self._token = token
        self._process: subprocess.Popen[str] | None = None
        self._port = 0
        # There is nobody to verify on this machine, and reading the certificates of the world takes its time.
        self._http = httpx.Client(trust_env=False, verify=False)  # noqa: S501

    @property
    def address(self) -> str:
        """http://127.0.0.1:PORT, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What PTB wants as base_url."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """What PTB wants as base_file_url."""
        return f"{self.address}/file/bot"

    def __enter__(self) -> Self:
        """Start and wait until it is ready."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and throw away the state unless a file was given."""
        # A state that is thrown away needs no farewell.
        if self._folder is None:
            self.stop()
        else:
            self.kill()
            self._folder.cleanup()
        self._http.close()

    # ---- the process

    def start(self) -> None:
        """Start the process. Raises PocketError when it does not come up."""
        command = [sys.executable, "-m", "bot.pocket", "--port", str(self._port), "--state", str(self.state)]
        if self._token:
            command += ["--token", self._token]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)  # noqa: S603
        if self._process.stdout is None:
            raise PocketError("The pocket has no output to read.")
        ready = self._process.stdout.readline()
        if "http://" not in ready:
            self.stop()
            raise PocketError("The pocket did not start; its error output says why.")
        self._port = int(ready.strip().rstrip("/").rpartition(":")[2])
        self._http.base_url = httpx.URL(self.address)

    def stop(self) -> int:
        """Stop cleanly (SIGTERM). Returns the exit status, 0 when clean."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            status = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._forget_process()
        return status

    def kill(self) -> None:
        """kill -9, without any warning."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._forget_process()

    def _forget_process(self) -> None:
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def restart(self) -> None:
        """Stop, if it runs, and start again on the same port with the same state."""
        self.stop()
        self.start()

    # ---- control

    def _get(self, path: str, **asked: Any) -> Any:
        given = {name: value for name, value in asked.items() if value is not None}
        return answer_of(self._http.get(f"/pocket/{path}", params=given))

    def _post(self, path: str, **details: Any) -> Any:
        return answer_of(self._http.post(f"/pocket/{path}", json=details))

    def person(self, name: str, language_code: str = "en", person_id: int | None = None) -> Person:
        """A new person with a phone, who has not started the bot yet."""
        made = self._post("people", name=name, language_code=language_code, id=person_id)
        return Person(self._http, made["person_id"], made["first_name"])

    def people(self) -> list[Person]:
        """Everybody with a phone."""
        return [Person(self._http, one["person_id"], one["first_name"]) for one in self._get("people")]

    def fault(self, kind: str, **details: Any) -> None:
        """Ask for trouble; kinds and details are those of bot.pocket.faults.Fault."""
        self._post("faults", kind=kind, **details)

    def clear_faults(self) -> None:
        """No more faults."""
        self._post("faults/clear")

    def move_clock(self, *, seconds: float = 0, hours: float = 0) -> None:
        """Move the pocket's clock on."""
        self._post("clock", seconds=seconds + hours * 3600)

    def deliver(self, **manner: Any) -> None:
        """How the webhook is served from now on: order, doubled, retry_seconds and so on, as in delivery.Manner."""
        self._post("delivery", **manner)

    def calls(self, method: str | None = None, chat_id: int | None = None, after: int = 0) -> list[dict[str, Any]]:
        """What the bot called, oldest first; polls included. Status 0 means that it got no answer."""
        calls: list[dict[str, Any]] = self._get("calls", method=method, chat_id=chat_id, after=after)
        return calls

    def counters(self) -> dict[str, Any]:
        """Sends and edits per chat and second, and the most within any one second."""
        counters: dict[str, Any] = self._get("counters")
        return counters

    def updates(self) -> list[dict[str, Any]]:
        """Updates the bot has not confirmed yet."""
        updates: list[dict[str, Any]] = self._get("updates")
        return updates

    # ---- groups

    def group(self, title: str, by: Person) -> int:
        """A group to which somebody adds the bot. Returns the chat's id."""
        return int(self._post("groups", title=title, person_id=by.id)["group_id"])

    def say_in_group(self, group_id: int, person: Person, text: str) -> int:
        """Somebody writes in a group. Returns the message's id."""
        return int(self._post(f"groups/{group_id}/say", person_id=person.id, text=text)["message_id"])

    def group_view(self, group_id: int) -> dict[str, Any]:
        """What the group shows now, and whether the bot is still inside."""
        view: dict[str, Any] = self._get(f"groups/{group_id}")
        return view
