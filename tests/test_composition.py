"""compose.yaml and Caddyfile say the same as the settings they rely on, and open nothing but the way for Telegram."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.settings as settings_module
from bot.settings import PREFIX, Settings, load_settings
from tests.catalogues import ROOT

COMPOSE = (ROOT / "compose.yaml").read_text()
PROXY = (ROOT / "Caddyfile").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()


def _under(heading: str, text: str = COMPOSE) -> str:
    """What stands under a heading, further in than the heading itself."""
    found = re.search(rf"^( *){heading}:.*\n((?:\1 +.*\n|\n)+)", text, re.MULTILINE)
    assert found is not None, heading
    return found[2]


SERVICES = _under("services")


def _names(text: str) -> list[str]:
    """The headings of a part's first level."""
    depth = re.match(r" *", text)
    assert depth is not None
    return re.findall(rf"^{depth[0]}([a-z0-9_-]+):", text, re.MULTILINE)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """The settings that a worker reads in there."""
    secrets = {
        "sharewise_telegram_token": "1234567:made-up_Token",
        "sharewise_webhook_secret": "0123456789abcdef" * 4,
        "sharewise_store_key": "0123456789abcdef" * 4,
        "sharewise_database_url": "postgresql+psycopg://sharewise:word@postgres/sharewise",
    }
    given = _under("secrets", _under("x-worker"))
    assert re.findall(r"- (\w+)", given) == list(secrets)
    for name, value in secrets.items():
        (tmp_path / name).write_text(value + "\n")
    monkeypatch.setattr(settings_module, "SECRETS_FOLDER", tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in re.findall(rf"({PREFIX}\w+): (\S.*)", _under("environment", _under("x-worker"))):
        plain = re.sub(r"\$\{PUBLIC_NAME\S*[^}]*\}", "bot.example.org", value.partition(" #")[0]).strip('"')
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:-\}", "", plain))
    return load_settings()


def test_the_workers_settings_are_right(worker: Settings) -> None:
    assert worker.webhook_url == "https://bot.example.org/telegram"
    assert str(worker.store_location).endswith("@postgres/sharewise")
    assert worker.heartbeat_url is None
    assert worker.http_host == "0.0.0.0"  # noqa: S104  of the container


def test_there_are_two_workers_and_the_proxy_knows_both(worker: Settings) -> None:
    assert _names(SERVICES) == ["worker-1", "worker-2", "postgres", "proxy"]
    assert re.findall(r"(worker-\d): \*worker", SERVICES) == ["worker-1", "worker-2"]
    upstreams = re.search(r"reverse_proxy (.*) \{", PROXY)
    assert upstreams is not None
    assert upstreams[1].split() == [f"worker-{number}:{worker.webhook_port}" for number in (1, 2)]
    assert f"health_uri /healthz\n\t\t\thealth_port {worker.probes_port}\n" in PROXY


def test_only_telegrams_way_is_open(worker: Settings) -> None:
    """Nothing but the proxy is published, it passes on one path, and the database reaches nobody outside."""
    assert COMPOSE.count("ports:") == 1
    assert 'ports: ["80:80", "443:443"]' in _under("proxy", SERVICES)
    assert re.findall(r"\thandle (\S+) \{", PROXY) == ["/telegram"]
    assert f"https://bot.example.org{'/telegram'}" == worker.webhook_url
    assert re.search(r"\thandle \{\n\t\trespond 404\n", PROXY)
    assert "networks: [inside]" in _under("postgres", SERVICES)
    assert "internal: true" in _under("inside", _under("networks"))


def test_the_proxy_logs_no_headers() -> None:
    """The secret is among them."""
    assert "request>headers delete" in PROXY


def test_the_workers_may_do_as_little_as_the_image_says(worker: Settings) -> None:
    part = _under("x-worker")
    for line in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]'):
        assert line in part, line
    uid = re.search(r"USER (\d+):(\d+)", (ROOT / "Dockerfile").read_text())
    assert uid is not None
    assert f"/data:uid={uid[1]},gid={uid[2]},mode=0700" in part


def test_every_secret_is_a_file_that_the_page_says_how_to_make() -> None:
    """And that is not put into the repository."""
    declared = re.findall(r"^secrets:\n((?:  .*\n)+)", COMPOSE, re.MULTILINE)[0]
    names = _names(declared)
    assert names == re.findall(r"file: \./secrets/(\w+)", declared)
    assert [name for name in names if f"> secrets/{name}" not in OPERATING] == []
    assert "secrets/" in (ROOT / ".gitignore").read_text().split()
    assert all(
        name in {"postgres_password", *(f"{PREFIX}{field}".lower() for field in Settings.model_fields)}
        for name in names
    )


def test_postgresql_is_waited_for_until_it_serves() -> None:
    """A new database is prepared by a server that answers on its socket alone."""
    assert "--host=127.0.0.1" in _under("healthcheck", _under("postgres", SERVICES))
    assert "condition: service_healthy" in _under("depends_on", _under("x-worker"))
    assert "postgres:/var/lib/postgresql" in _under("postgres", SERVICES), "where PostgreSQL 18 keeps its data"
    assert "image: postgres:18" in _under("postgres", SERVICES)
