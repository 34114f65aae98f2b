"""What citizens and officials read, from data/texts. An unknown key raises."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.catalogue.reading import Problem, ProblemsError, line_of, read_yaml
from actions.domain.text import words_of

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class UnknownTextError(KeyError):
    """A key that no file under data/texts has, or a placeholder left unfilled."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Keys such as "formulir.tanya.nik" to one text or several variants."""

    variants: Mapping[str, tuple[str, ...]]

    def __contains__(self, key: str) -> bool:
        return key in self.variants

    def under(self, prefix: str) -> tuple[str, ...]:
        """The keys below a prefix, in the order of the file."""
        return tuple(key for key in self.variants if key.startswith(f"{prefix}."))

    def words(self) -> frozenset[str]:
        """Every word that some text uses, in lower case."""
        texts = (text for options in self.variants.values() for text in options)
        return frozenset(word for text in texts for word in words_of(text))

    def html(self, key: str, turn: int = 0, /, **params: object) -> str:
        """Fill a text for a chat; params are escaped. `turn` walks through the variants."""
        safe = {name: html.escape(str(value), quote=False) for name, value in params.items()}
        return self._fill(key, turn, safe)

    def short(self, key: str, turn: int = 0, /, **params: object) -> str | None:
        """The short form of a text for a chat, for who saves data; None where there is none."""
        brief = f"ringkas.{key}"
        return self.html(brief, turn, **params) if brief in self.variants else None

    def plain(self, key: str, turn: int = 0, /, **params: object) -> str:
        """Fill a text without escaping: button labels, console, terminal."""
        return self._fill(key, turn, params)

    def _fill(self, key: str, turn: int, params: Mapping[str, object]) -> str:
        if key not in self.variants:
            raise UnknownTextError(key)
        options = self.variants[key]
        try:
            return options[turn % len(options)].format_map(params)
        except KeyError as error:
            raise UnknownTextError(f"{key} needs {error.args[0]}") from None


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(PLACEHOLDER.findall(text))


def read_texts(folder: Path) -> Texts:
    """Read every file of the folder; raises ProblemsError naming file and line."""
    variants: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        for place, options in _leaves(read_yaml(path), ()):
            key = ".".join((path.stem, *place))
            variants[key] = tuple(str(option).strip() for option in options)
            fault = _fault(options)
            if fault:
                problems.append(Problem(path, line_of(path, place), fault, {"kunci": key}))
    if problems:
        raise ProblemsError(problems)
    return Texts(variants)


def _leaves(node: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    for name, value in node.items():
        here = (*place, str(name))
        if isinstance(value, Mapping):
            yield from _leaves(value, here)
        else:
            yield here, value if isinstance(value, list) else [value]


def _fault(options: list[Any]) -> str | None:
    if not options or not all(isinstance(option, str) and option.strip() for option in options):
        return "bukan_teks"
    if len({placeholders(option) for option in options}) > 1:
        return "isian_berbeda"
    return None
