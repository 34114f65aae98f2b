"""The turn that the library's handlers work on."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram import Message
from telegram.ext import CallbackContext, ExtBot

from actions.casework.outbox import queue_act
from bot.channels import OpenTurn


@dataclass
class Running:
    """The turn that the application works on, and the error that ended it."""

    turn: OpenTurn
    error: Exception | None = None


RUNNING: ContextVar[Running] = ContextVar("running")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The library's context with the turn in it."""

    @property
    def turn(self) -> OpenTurn:
        """The turn of the update at hand."""
        return RUNNING.get().turn


async def keep_error(_: object, context: Context) -> None:
    """Hand an error to the edge of the turn; the library would log it and go on."""
    RUNNING.get().error = context.error


def take_away(turn: OpenTurn, message: Message) -> None:
    """Delete what somebody wrote, since it holds a code that nobody else should find there.

    Telegram does so for two days.
    """
    queue_act(turn.session, turn.chat, {"delete": message.message_id}, turn.now)


def end_waiting(turn: OpenTurn, query_id: str) -> None:
    """Let a pressed button stop turning."""
    queue_act(turn.session, turn.chat, {"answer": query_id}, turn.now)
