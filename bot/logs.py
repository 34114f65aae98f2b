"""Log lines: a fixed message and its fields, never anything that a citizen wrote."""

import logging
from pathlib import Path
from typing import Any

OWN_FIELDS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class FieldFormatter(logging.Formatter):
    """Appends `key=value` for each field of `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; exceptions keep their traceback."""
        fields: dict[str, Any] = {
            key: value for key, value in record.__dict__.items() if key not in OWN_FIELDS
        }
        line = super().format(record)
        return " ".join([line, *(f"{key}={value}" for key, value in fields.items())])


def set_up_logs(level: str, file: Path | None = None) -> None:
    """Log to standard error, or to `file` while a person chats in the terminal."""
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(file) if file else logging.StreamHandler()
    handler.setFormatter(FieldFormatter(FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("aiosqlite", "asyncio", "alembic", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
