"""The text of a reply as it may stand in a page: three tags, links, and nothing else."""

import html
import re

from markupsafe import Markup

TAG = re.compile(r"(</?(?:b|i|code)>)")
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


def shown(text: str) -> Markup:
    """A rendered text. Whatever is no tag of ours is escaped anew, and tags are closed."""
    opened: list[str] = []
    parts = [_part(part, opened) for part in TAG.split(text)]
    closing = [f"</{name}>" for name in reversed(opened)]
    return Markup("".join([*parts, *closing]))  # noqa: S704  escaped part by part


def _part(part: str, opened: list[str]) -> str:
    if TAG.fullmatch(part) is None:
        return LINK.sub(_link, html.escape(html.unescape(part)))
    name = part.strip("</>")
    if not part.startswith("</"):
        opened.append(name)
        return part
    if not opened or opened[-1] != name:
        return ""
    opened.pop()
    return part


def _link(found: re.Match[str]) -> str:
    return f'<a href="{found[0]}" rel="noopener noreferrer" target="_blank">{found[0]}</a>'
