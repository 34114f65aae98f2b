"""What happens in a life, and the services that it needs: told in words, or by a poster's link."""

from actions.dialogue import targets
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.handlers.information import card
from actions.dialogue.handlers.menu import choose_service, units_menu
from actions.dialogue.registry import Replies, on_intent


@on_intent("daftar_layanan")
async def list_services(turn: TurnContext) -> Replies:
    """List the services of the office that is named, or the offices.

    Who tells what happened and asks for all there is to do ("ada yang meninggal, harus urus apa
    aja") means one service.
    """
    happened = targets.clear(targets.services(turn))
    if happened is not None:
        return [card(turn, happened)]
    office = targets.clear(targets.offices(turn))
    if office in {service.unit for service in turn.reference.catalogue.services.values()}:
        return await choose_service(turn, office, "0")
    return [units_menu(turn)]


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
