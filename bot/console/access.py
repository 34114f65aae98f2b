"""Who may open which address. What the table does not have, nobody may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from actions.casework.staff import Role

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(StrEnum):
    """Who may open an address."""

    PUBLIC = "public"
    STAFF = "staff"
    ADMIN = "admin"


ROLES: dict[Access, frozenset[Role]] = {
    Access.PUBLIC: frozenset(),
    Access.STAFF: frozenset(Role),
    Access.ADMIN: frozenset({Role.ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its method, path, name for links, page, and who may open it.

    A route that `polls` is asked by a script again and again, which does not count as use.
    """

    method: str
    path: str
    name: str
    page: Page
    access: Access
    polls: bool = False


def allows(access: Access, role: str) -> bool:
    """Whether an account of this role may open an address."""
    return role in ROLES[access]
