"""One store, one Telegram, a few people, and a bot that is killed and comes back; on PostgreSQL also two bots."""

from __future__ import annotations

import itertools
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import httpx

from bot.pocket.process import PocketTelegram
from bot.steps import Step
from bot.store import MasterKey, Store
from tests.faults.balancer import Balancer, free_port
from tests.faults.checker import Checker
from tests.faults.history import asks_to_be_forgotten
from tests.faults.lives import KILLED, ForkServer, Life, Plan
from tests.faults.organisation import LEADS, Lead, Member, found, token_of
from tests.faults.phones import Act, Phone
from tests.faults.practitioners import DANGER_SAID, ByScript, Practitioner
from tests.faults.store_contents import EmbeddedReader, PostgresqlReader, Reader
from tests.faults.telegrams_side import TelegramsSide
from tests.flows.scripts import scripts

Engine = Literal["SQLCipher", "PostgreSQL", "PostgreSQL, 2 workers"]
ENGINES: tuple[Engine, ...] = ("SQLCipher", "PostgreSQL", "PostgreSQL, 2 workers")

SECRET = bytes(range(32))
TOKEN = "123456:ABC-pocket"
WEBHOOK_SECRET = "u3Vb9kQx7TzR2mLw8pYc5nHd4sJf6gAe"
CHATS = 4
"""So many people use the bot at once."""
MEMBERS = 2
"""So many more ask for a lead, where there is an organisation."""
LONGEST_USE = 0.6
"""Seconds of use until a bot that does not come to its step is killed all the same."""
IN_FLIGHT = 0.5
"""Seconds in which a worker ends what it has in hand."""
ON_ITS_WAY = 0.05
"""Seconds in which Telegram has taken what a bot sent when it died."""
LOGGED = 30
"""Lines of the bot's log that are shown with a problem."""


@dataclass
class Worker:
    """One place for a bot: lives follow each other here."""

    server: ForkServer
    settings: dict[str, str]
    name: str = ""
    """What its present life calls itself in leases."""
    life: Life | None = None


@dataclass
class World:
    """Everything of one history. `patience`: seconds until the bot must owe nobody anything."""

    telegram: PocketTelegram
    workers: list[Worker]
    reader: Reader
    location: Path | str
    chance: random.Random
    controls: Sequence[str] = ()
    patience: float = 30.0
    everybody: list[Practitioner] = field(default_factory=list)
    here: list[Practitioner] = field(default_factory=list)
    leads: list[Practitioner] = field(default_factory=list)
    members: list[Practitioner] = field(default_factory=list)
    """Who asks for a lead at present."""
    left: list[Practitioner] = field(default_factory=list)
    """Who put the phone away since everything was last found well."""
    events: list[str] = field(default_factory=list)
    owes: bool = False
    """Whether something was left to be said at the last death."""

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.telegram.address, trust_env=False)
        self.side = TelegramsSide(self.http)
        self.checker = Checker(self.side)
        self.here = [self.newcomer() for _ in range(CHATS)]
        self._names = itertools.count()
        self._era_has_begun = False

    # ---- time

    def begin_at(self, moment: datetime) -> None:
        """Let it be this moment, before anything happens."""
        self.pass_time(moment - datetime.now(UTC))

    def pass_time(self, length: timedelta) -> None:
        """Let time pass while no bot lives: for Telegram, for the people, and for every bot that is born after it."""
        self.telegram.move_clock(seconds=length.total_seconds())
        self.side.ahead += length

    def end_all(self) -> None:
        """Kill every bot, without a check, and let go of what they held."""
        self.kill_all()
        self._era_has_begun = False  # whatever had begun is over
        for worker in self.workers:
            if worker.life is not None:
                self.reader.bury(worker.name)
                self.reader.let_go_of(worker.name)

    def kill_all(self) -> None:
        """Kill every bot, and no more."""
        for worker in self.workers:
            if worker.life is not None:
                worker.life.kill()

    # ---- people

    def newcomer(self) -> Practitioner:
        """Somebody new: a third go by a script, the others do as it comes; some of those wait for nothing."""
        number = len(self.everybody)
        phone = Phone(self.http, self.telegram.person(f"Person {number}").id, self.side.now)
        chance = random.Random(self.chance.random())
        practitioner: Practitioner
        if number % 3 == 0:
            script = self.chance.choice(list(scripts().values()))
            practitioner = ByScript(phone, chance, left=60, script=dict(script.answers))
        else:
            practitioner = Practitioner(phone, chance, patient=chance.random() < 0.6)
        self.everybody.append(practitioner)
        return practitioner

    def found_organisation(self) -> list[str]:
        """Make an organisation while no bot has the store, and let its leads and the first members join. Gives what is
        wrong then."""
        with closing(Store.open(self.location, MasterKey(SECRET))) as store:
            found(store, datetime.fromtimestamp(self.side.now(), UTC))
        phones = [Phone(self.http, self.telegram.person(f"The {role.value}").id, self.side.now) for role in LEADS]
        self.leads = [
            Lead(phone, random.Random(self.chance.random()), token=f"token-{role.value}")
            for phone, role in zip(phones, LEADS, strict=True)
        ]
        self.everybody += self.leads
        self.checker.circle += phones
        self.members = [self.new_member() for _ in range(MEMBERS)]
        here, self.here = self.here, []
        self.bear()
        wrong: list[str] = []
        while not wrong and not all(one.joined for one in (*self.leads, *self.members) if isinstance(one, Member)):
            self.use()
            wrong = self.settle()
        self.here = here
        return wrong

    def new_member(self) -> Practitioner:
        """Somebody who is invited, and will ask for a lead."""
        number = len(self.everybody)
        phone = Phone(self.http, self.telegram.person(f"Person {number}").id, self.side.now)
        member = Member(phone, random.Random(self.chance.random()), token=token_of(number))
        self.everybody.append(member)
        self.checker.circle.append(phone)
        return member

    def use(self) -> None:
        """Everybody does one thing, or waits for the bot; whoever is through makes room for somebody new."""
        waiting = self.side.unconfirmed()
        for place, practitioner in enumerate(list(self.members)):
            if practitioner.through:
                self.left.append(practitioner)
                self.members[place] = self.new_member()
        for place, practitioner in enumerate(list(self.here)):
            if practitioner.through:
                self.left.append(practitioner)
                self.here[place] = self.newcomer()
        for practitioner in (*self.here, *self.members, *self.leads):
            settled = not any(done.update_id in waiting for done in practitioner.phone.done[-3:])
            for act in practitioner.acts(settled):
                practitioner.phone.do(act)
                self.events.append(f"{self.everybody.index(practitioner)} {act}")

    @property
    def phones(self) -> list[Phone]:
        """Of everybody who did something since everything was well."""
        return [one.phone for one in (*self.left, *self.here, *self.members, *self.leads)]

    # ---- the bot

    def bear(self) -> None:
        """A new life wherever there is none."""
        if not self._era_has_begun:
            self.checker.new_era()
        self._era_has_begun = False
        for worker in self.workers:
            if worker.life is None or worker.life.ended():
                worker.name = f"worker-{next(self._names)}"
                settings = worker.settings | {"PGAPPNAME": worker.name}
                worker.life = worker.server.bear(settings, self.controls, worker.name, ahead=self.side.ahead)

    def settle(self) -> list[str]:
        """Wait until the bot owes nobody anything, and check; what is wrong, also where it never does."""
        deadline = time.monotonic() + self.patience
        while self.side.unconfirmed() or not self.reader.owes_nothing(self.side.now()):
            if found := self._ended_by_itself():
                return found
            if time.monotonic() > deadline:
                return self._not_settled()
            time.sleep(0.003)
        found = self._settled()
        if found:
            # An update that one worker has confirmed may still be in another's hands, if it was brought twice. What is
            # truly wrong stays wrong.
            time.sleep(IN_FLIGHT)
            found = self._settled()
        self.left.clear()
        return found

    def _settled(self) -> list[str]:
        self.checker.look()
        return self.checker.settled(self.phones, self.reader.while_running())

    def _not_settled(self) -> list[str]:
        self.checker.look()
        contents = self.reader.while_running()
        owed = [f"{one.kind} {one.number}, tries {one.tries}, held by {one.held_by}" for one in contents.owed]
        unconfirmed = len(self.checker.unconfirmed)
        problem = f"not settled after {self.patience:.0f} s: {unconfirmed} unconfirmed, {len(owed)} owed {owed[:5]}"
        return [*self.checker.at_any_time(self.phones, contents), problem]

    def _ended_by_itself(self) -> list[str]:
        lives = [worker.life for worker in self.workers if worker.life is not None]
        return [f"the bot ended by itself with status {life.status}" for life in lives if life.ended()]

    def kill_by(self, victim: int, plan: Plan, *, lets_go: bool = True) -> tuple[str | None, list[str]]:
        """Use the bot until this worker is killed by the plan. Gives the step it was at, if it was at one, and what is
        wrong then. Not `lets_go`: what it held stays held until its leases run out."""
        worker = self.workers[victim]
        life = worker.life
        assert life is not None
        if plan.step:
            life.switch.arm(plan.step, plan.passing)
        if plan.step is Step.EMERGENCY_SENT:
            self._cry()
        until = time.monotonic() + (plan.seconds or LONGEST_USE if plan.step else plan.seconds)
        while not life.ended(0.002) and time.monotonic() < until:
            self.use()
        life.kill()
        self.events.append(f"KILL {plan}" + (f", worker {victim}" if victim else ""))
        if life.status != KILLED:
            return None, [f"the bot ended by itself with status {life.status}"]
        self.reader.bury(worker.name)
        found = self.after_death(self.phones)
        if lets_go:
            if len(self.workers) > 1:  # the other worker may send at once what the dead one held
                time.sleep(ON_ITS_WAY)
                self.checker.new_era()
                self._era_has_begun = True
            self.reader.let_go_of(worker.name)
        return plan.step.name if plan.step and life.switch.struck else None, found

    def _cry(self) -> None:
        """Somebody who is not going by a script is in danger."""
        for number, practitioner in enumerate(self.everybody):
            away = practitioner.phone.blocked or asks_to_be_forgotten([done.act for done in practitioner.phone.done])
            if practitioner in self.here and not isinstance(practitioner, ByScript) and not away:
                practitioner.phone.do(Act("say", DANGER_SAID[0]))
                self.events.append(f"{number} cries")
                return

    def after_death(self, phones: list[Phone]) -> list[str]:
        """What is wrong with what a restart will find."""
        self.checker.look()
        contents = self.reader.after_death()
        self.owes = bool(contents.owed)
        return self.checker.after_death(phones, contents)

    def stop(self) -> list[str]:
        """Tell the bot to stop."""
        statuses = [worker.life.stop() for worker in self.workers if worker.life is not None]
        return [f"told to stop, the bot ended with status {status}" for status in statuses if status]

    # ---- telling

    def told(self, problems: Sequence[str]) -> list[str]:
        """What is wrong, with the chat's last calls, the last things that happened and the end of the log."""
        ids = {str(one.phone.person_id): number for number, one in enumerate(self.everybody)}
        lines = []
        for problem in problems:
            chat, _, words = problem.partition(": ")
            lines.append(f"person {ids[chat]}: {words}" if chat in ids else problem)
        concerned = {problem.partition(": ")[0] for problem in problems} & set(ids)
        for chat in concerned:
            lines += [
                f"person {ids[chat]}'s chat:",
                *(f"    era {self.checker.era_of(one)}: {one}" for one in self.side.by_chat[int(chat)][-24:]),
            ]
        lines += ["what happened last:", *(f"    {event}" for event in self.events[-40:]), "what was logged last:"]
        for worker in self.workers:
            lines += [f"    {line}" for line in worker.server.log().splitlines()[-LOGGED:]]
        return lines


class Servers:
    """Fork servers, started when they are first wanted and used again by the next world."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fork-servers-"))
        self._servers: list[ForkServer] = []

    def some(self, count: int) -> list[ForkServer]:
        """So many of them."""
        while len(self._servers) < count:
            folder = self._folder / str(len(self._servers))
            folder.mkdir()
            self._servers.append(ForkServer(folder))
        return self._servers[:count]

    def __enter__(self) -> Servers:
        """None is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End them all."""
        for server in self._servers:
            server.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def world(engine: Engine, servers: Servers, seed: int, controls: Sequence[str] = ()) -> Iterator[World]:
    """A new store, a new Telegram and new people; nobody has done anything, and no bot lives yet."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        telegram = stack.enter_context(PocketTelegram())
        settings = settings_for(telegram, folder)
        key = MasterKey(SECRET)
        reader: Reader
        location: Path | str = folder / "sharewise.db"
        if engine == "SQLCipher":
            reader = EmbeddedReader(folder / "sharewise.db", key)
        else:
            from tests.store.postgresql import new_database

            address = stack.enter_context(new_database())
            reader = stack.enter_context(PostgresqlReader(address, key))
            location = settings["SHAREWISE_DATABASE_URL"] = address
        count = 2 if engine == "PostgreSQL, 2 workers" else 1
        ports = [free_port() for _ in range(count)]
        balancer = stack.enter_context(Balancer(ports)) if count > 1 else None
        workers = []
        for number, server in enumerate(servers.some(count)):
            own = settings | {"SHAREWISE_DATA_DIR": str(folder / str(number))} if balancer else settings
            if balancer is not None:
                own |= {"SHAREWISE_WEBHOOK_URL": f"{balancer.address}/hook", "SHAREWISE_WEBHOOK_SECRET": WEBHOOK_SECRET}
                own |= {"SHAREWISE_WEBHOOK_PORT": str(ports[number])}
            server.clear_log()
            workers.append(Worker(server, own))
        if balancer is not None:
            telegram.deliver(retry_seconds=0.05)
        made = World(telegram, workers, reader, location, random.Random(seed), controls)
        stack.callback(made.http.close)
        stack.callback(made.kill_all)
        yield made


def settings_for(telegram: PocketTelegram, folder: Path) -> dict[str, str]:
    """The settings of a bot that polls this Telegram and keeps everything in this folder."""
    return {
        "SHAREWISE_TELEGRAM_TOKEN": TOKEN,
        "SHAREWISE_TELEGRAM_API_URL": telegram.address,
        "SHAREWISE_DATA_DIR": str(folder),
        "SHAREWISE_STORE_KEY": SECRET.hex(),
    }
