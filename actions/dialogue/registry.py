"""Who answers what: a handler stands under all its ways in.

    @on_intent("permohonan_saya")   what the NLU understood
    @on_button("mine")              a button "mine:argument:..."; arguments come as text
    @on_word("status")              a word of data/language/words/global.yml
    @on_awaited("kode")             what is written after `turn.wait_for("kode", argument, ...)`

An awaited handler may return None: then the words were something else, and are read as such.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

from actions.domain.messages import Reply

Replies = list[Reply]
Handler = Callable[..., Awaitable[Replies]]
AwaitedHandler = Callable[..., Awaitable[Replies | None]]
H = TypeVar("H", bound=AwaitedHandler)

ON_INTENT: dict[str, Handler] = {}
ON_BUTTON: dict[str, Handler] = {}
ON_WORD: dict[str, Handler] = {}
ON_AWAITED: dict[str, AwaitedHandler] = {}
ASIDE: set[AwaitedHandler] = set()
ONCE: set[AwaitedHandler] = set()
CHANGEABLE: set[AwaitedHandler] = set()


def _registering(registry: dict[str, H], name: str) -> Callable[[H], H]:
    def register(handler: H) -> H:
        if name in registry:
            raise ValueError(f"two handlers for {name}")
        registry[name] = handler
        return handler

    return register


def on_intent(name: str) -> Callable[[Handler], Handler]:
    """Register the function that answers an intent."""
    return _registering(ON_INTENT, name)


def on_button(verb: str) -> Callable[[Handler], Handler]:
    """Register the function that answers buttons whose data is `verb:argument:...`."""
    return _registering(ON_BUTTON, verb)


def on_word(meaning: str) -> Callable[[Handler], Handler]:
    """Register the function that answers a word which is understood in every state."""
    return _registering(ON_WORD, meaning)


def on_awaited(name: str) -> Callable[[AwaitedHandler], AwaitedHandler]:
    """Register the function that reads a text which was asked for outside a form."""
    return _registering(ON_AWAITED, name)


def aside(handler: Handler) -> Handler:
    """Mark what is answered by the way: a button leads back to the form that is open."""
    ASIDE.add(handler)
    return handler


def once(handler: H) -> H:
    """Mark what is pressed once: afterwards no button of that message means anything."""
    ONCE.add(handler)
    return handler


def changeable(handler: H) -> H:
    """Mark what is one of several answers: it is seen which was chosen, and may be changed."""
    CHANGEABLE.add(handler)
    return handler


def takes(handler: AwaitedHandler, count: int) -> bool:
    """Whether a handler can be called with a turn and `count` arguments."""
    try:
        inspect.signature(handler).bind(None, *[""] * count)
    except TypeError:
        return False
    return True
