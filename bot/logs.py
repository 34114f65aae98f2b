"""Log lines: a fixed message and its fields, never anything that a citizen wrote."""

import json
import logging
import os
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

OWN_FIELDS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
LARGEST, KEPT = 10 * 1024 * 1024, 5
"""Bytes of a log file, and how many older ones stay."""


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key, value in record.__dict__.items() if key not in OWN_FIELDS}


class FieldFormatter(logging.Formatter):
    """Appends `key=value` for each field of `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; exceptions keep their traceback."""
        line = super().format(record)
        return " ".join([line, *(f"{key}={value}" for key, value in _fields(record).items())])


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The fields of `extra` stand beside time, level, logger and message."""
        own = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            own["exception"] = self.formatException(record.exc_info)
        return json.dumps(_fields(record) | own, default=str, ensure_ascii=False)


class PrivateFile(RotatingFileHandler):
    """A log file that begins anew when it is full, and that only its owner reads."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")

    def _open(self) -> Any:
        return private(self.baseFilename)


def private(file: str | Path) -> TextIO:
    """Open a file to append to that only its owner may read, whoever made it."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8")


def set_up_logs(level: str, file: Path | None, *, as_json: bool) -> None:
    """Log to `file`, or to standard error where there is none."""
    handler = PrivateFile(file) if file else logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if as_json else FieldFormatter(FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("aiosqlite", "asyncio", "alembic", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
