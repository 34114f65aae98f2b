"""What happens in a life, and the services that it needs: behind a link on a poster."""

from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.registry import Replies


def by_link(turn: TurnContext, payload: str) -> Replies | None:
    """The services of the event that a link names; None for other links."""
    event = turn.reference.words["peristiwa"].get(payload.strip().lower().replace("-", "_"))
    if event is None:
        return None
    offered = turn.reference.catalogue.services
    known = [slug for slug in event["layanan"] if slug in offered]
    buttons = [make_button(turn.called(slug), "start", slug) for slug in known]
    ways = [*rows(buttons), [turn.button("menu", "menu"), turn.button("petugas", "human")]]
    return [turn.say("umum.peristiwa", ways, hal=event["sebutan"])]
