"""Who asks, and by which way: behind a proxy that is trusted, these are what it says."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import web

from bot.http.site import SITE, Site

Address = IPv4Address | IPv6Address
MARKS = (
    (  # what each also claims to be comes after it
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ),
    (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ),
)


def address_of(request: web.Request) -> str | None:
    """The address of the browser.

    Each proxy adds the address that it was asked from at the end of X-Forwarded-For, so it is
    read from there, and only as far as trusted proxies wrote it: the rest is anybody's claim.
    """
    site, address = request.app[SITE], _read(request.remote or "")
    told = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    while _is_trusted(site, address) and told:
        before = _read(told.pop())
        if before is None:
            break
        address = before
    return None if address is None else str(address)


def browser_of(request: web.Request) -> str:
    """Roughly which browser asks, such as "Firefox, Windows"; empty when it does not say."""
    told = request.headers.get("User-Agent", "")
    found = (next((name for mark, name in marks if mark in told), "") for marks in MARKS)
    return ", ".join(filter(None, found))


def is_https(request: web.Request) -> bool:
    """Whether the browser came by https, as far as we know."""
    site = request.app[SITE]
    if site.secure or request.secure:
        return True
    told = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip()
    return told == "https" and _is_trusted(site, _read(request.remote or ""))


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(site: Site, address: Address | None) -> bool:
    return address is not None and any(address in network for network in site.proxies)
