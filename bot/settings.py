"""The only reader of the environment. Every setting stands in the README, a test checks it."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from actions.domain.brakes import USUAL_LIMITS, ChatLimits
from actions.storage.keys import MIN_SECRET

Network = IPv4Network | IPv6Network
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))


class SettingsError(Exception):
    """A setting cannot be used; the message names it and says what to write."""


def _secret_or_empty(value: SecretStr) -> SecretStr:
    if 0 < len(value.get_secret_value()) < MIN_SECRET:
        raise ValueError(f"needs at least {MIN_SECRET} characters, or leave it out")
    return value


def _split(value: object) -> object:
    return value.split(",") if isinstance(value, str) else value


def _network(value: object) -> Network:
    return ip_network(str(value).strip())


Networks = Annotated[
    tuple[Annotated[Network, BeforeValidator(_network)], ...], NoDecode, BeforeValidator(_split)
]
Secret = Annotated[SecretStr, AfterValidator(_secret_or_empty)]
NO_SECRET = SecretStr("")


class Settings(BaseSettings):
    """What an installation may set, in the environment or in `.env`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr = Field(
        NO_SECRET, description="Token from BotFather. Without it the chat opens in the terminal."
    )
    telegram_api: str = Field(
        "https://api.telegram.org", description="Address of the Bot API server."
    )
    staff_group: int | None = Field(
        None, description="Chat id of the Telegram group where officers get alerts."
    )
    messages_per_second: float = Field(
        30.0, gt=0, description="How fast Telegram lets this bot write, all chats together."
    )
    quiet_window: float = Field(
        3.0, ge=0, le=10, description="Seconds in which what follows a message is read with it."
    )
    chat_messages_per_minute: int = Field(
        USUAL_LIMITS.messages, gt=0, description="How many messages of one chat are read."
    )
    chat_files_per_hour: int = Field(
        USUAL_LIMITS.files, gt=0, description="How many photos and files of one chat are kept."
    )
    chat_drafts_per_day: int = Field(
        USUAL_LIMITS.drafts, gt=0, description="How many forms one chat may open."
    )
    chat_guesses_per_hour: int = Field(
        USUAL_LIMITS.guesses, gt=0, description="How many codes of others one chat may look up."
    )
    database_url: str = Field(
        "", description="SQLAlchemy address. Default: SQLite at VAR_DIR/balai.db."
    )
    power_safe: bool = Field(
        default=False, description="Let SQLite wait for the disk at each commit (no UPS)."
    )
    nlu_url: str = Field("", description="A running Rasa server. Default: start our own.")
    nlu_token: SecretStr = Field(
        NO_SECRET, description="What the server at NLU_URL wants to be told; NLU_TOKEN there too."
    )
    nlu_port: int = Field(5005, ge=1, le=65535, description="Port of our own Rasa server.")
    nlu_timeout: float = Field(2.0, gt=0, description="Seconds to wait for the NLU.")
    whisper_model: Path | None = Field(
        None, description="Folder of a whisper model that reads voices. Default: officers listen."
    )
    host: str = Field("127.0.0.1", description="Address the console and the webhook listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port of the console and the webhook.")
    public_url: str = Field(
        "", description="https address of this server; set it to receive by webhook."
    )
    console_url: str = Field(
        "",
        pattern=r"^(https?://[^\s/]+.*)?$",
        description="Where officers open the console; alerts link there. Default: PUBLIC_URL.",
    )
    web_chat: bool = Field(default=True, description="Let citizens chat in the browser too.")
    trusted_proxies: Networks = Field(
        LOOPBACK, description="Proxies in front of us that say who asked, and whether by https."
    )
    webhook_secret: Secret = Field(
        NO_SECRET, description="Telegram's secret token. Default: derived from SECRET_KEY."
    )
    secret_key: Secret = Field(
        NO_SECRET, description="Encrypts personal data. Default: made once in VAR_DIR/secret.key."
    )
    older_key: Secret = Field(
        NO_SECRET, description="The SECRET_KEY of before, until everything is sealed anew."
    )
    metrics_token: Secret = Field(
        NO_SECRET, description="What Prometheus must bring. Default: this machine alone may ask."
    )
    data_dir: Path = Field(Path("data"), description="Catalogue, texts, office.")
    var_dir: Path = Field(Path("var"), description="Database, models, files, key.")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="How much is logged."
    )
    log_format: str = Field(
        "text", pattern="^(text|json)$", description="Lines for people, or JSON for machines."
    )
    log_file: Path | None = Field(
        None, description="Log there, rotated, and not to standard error."
    )

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite+aiosqlite:///{self.var_dir.resolve() / 'balai.db'}"

    @property
    def staff_chat(self) -> str | None:
        """The officers' group as the database names it."""
        return None if self.staff_group is None else f"tg:{self.staff_group}"

    @property
    def chat_limits(self) -> ChatLimits:
        """What one chat may do."""
        return ChatLimits(
            self.chat_messages_per_minute,
            self.chat_files_per_hour,
            self.chat_drafts_per_day,
            self.chat_guesses_per_hour,
        )

    @property
    def files_dir(self) -> Path:
        """Where citizens' files lie, outside of anything the web server serves."""
        return self.var_dir / "files"

    @property
    def models_dir(self) -> Path:
        """Where trained models lie."""
        return self.var_dir / "models"

    @property
    def learnt_dir(self) -> Path:
        """Where the sentences lie that the office has accepted, and what training made of them."""
        return self.var_dir / "learnt"


def read_settings() -> Settings:
    """Read the environment and `.env`; raises SettingsError with one line a mistake."""
    try:
        return Settings()
    except ValidationError as error:
        lines = (f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsError("\n".join(lines)) from None
