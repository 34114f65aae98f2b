"""What every page of our web server needs to know of the site that it stands on."""

from dataclasses import dataclass

from aiohttp import web

from bot.settings import LOOPBACK, Network


@dataclass(frozen=True, slots=True)
class Site:
    """`secure` says that browsers always come by https; otherwise `proxies` may say so."""

    secure: bool
    proxies: tuple[Network, ...] = LOOPBACK


SITE = web.AppKey("site", Site)
