"""One channel's inbox and outbox at work: updates are stored, turns taken, replies sent."""

import asyncio

from bot.channels import Channel
from bot.dependencies import Dependencies
from bot.inbox_worker import InboxWorker
from bot.outbox_sender import AT_ONCE, OutboxSender


class Mailbox:
    """The worker and the sender of a channel; `worker.receive` takes what arrives."""

    def __init__(self, deps: Dependencies, channel: Channel, at_once: int = AT_ONCE) -> None:
        self.sender = OutboxSender(deps.sessions, channel, deps.clock, deps.ticks, at_once)
        self.worker = InboxWorker(deps, channel, self.sender.wake)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Take up what waits, and send what is due, until `stop`."""
        self._tasks = [
            asyncio.create_task(self.worker.run(), name="inbox"),
            asyncio.create_task(self.sender.run(), name="outbox"),
        ]

    def is_alive(self) -> bool:
        """Whether worker and sender run, if they were started."""
        return not any(task.done() for task in self._tasks)

    async def settle(self, within: float) -> None:
        """Wait until every turn under way is answered and the answers are sent."""
        await self.worker.idle()
        await self.sender.flush(within)

    async def stop(self, grace: float) -> None:
        """Finish the turns under way and send what is due; `grace` is for all of it together."""
        part = grace / 4
        await self.worker.stop(part)
        if self._tasks:
            sweeping, sending = self._tasks
            sweeping.cancel()
            await self.sender.flush(part)
            self.sender.stop(part)
            await asyncio.wait([sending], timeout=2 * part)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
