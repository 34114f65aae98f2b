"""pilihan and ya_tidak: one of several answers, by button, number, or in words."""

import re
from collections.abc import Iterable, Sequence

from actions.domain.text import alike, all_alike, is_question, without_politeness, words_of
from actions.forms.context import FormContext, RawAnswer, Unreadable, YesNo, typed
from actions.forms.form import Choice, Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.kinds.choice_words import told
from actions.forms.kinds.yes_no import NO, YES, of_something_else, says_only, signs, yes_or_no
from actions.forms.numbers import digits_for_words

_NUMBER = re.compile(r"(?:(?:no|nomor|pilih|pilihan|yang|yg|ke|opsi)\W*)*(\d)\W*")
_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam")
_NEARLY, _SAME_WORD, _SIMILAR, _CLEARLY = 88, 80, 75, 10
_SHORT = 6


def read_choice(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """The key of the choice that was pressed, numbered or named."""
    if raw.button is not None:
        return _pressed(raw.button, (choice.key for choice in field.choices))
    text = typed(raw)
    for find in (_by_label, _by_number):
        if choice := find(text, field.choices):
            return choice.key
    if is_question(text):
        raise Unreadable("umum.pertanyaan")
    found = _meant(text, field, context.words)
    if not found:
        found = _by_yes_no(text, field, context.words)
    if len(found) == 1:
        return found[0].key
    if found:
        raise Unreadable("pilihan.ragu", pilihan=_labels(found))
    raise Unreadable("pilihan.tidak_ada", pilihan=_labels(field.choices))


def told_choice(text: str, field: Field, context: FormContext) -> str | None:
    """The key of the one choice whose words stand in a sentence about something more."""
    phrases = {choice.key: choice.words for choice in field.choices}
    keys = told(text, phrases, context.words)
    return keys.pop() if len(keys) == 1 else None


def show_choice(value: Json, field: Field) -> str:
    """The label of the choice."""
    return next((choice.label for choice in field.choices if choice.key == value), str(value))


def read_yes_no(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """Either "ya" or "tidak"."""
    if raw.button is not None:
        return _pressed(raw.button, (YES, NO))
    if raw.text is not None:
        sign = raw.text.strip()[:1]
        if not sign.isalnum() and sign in context.words.yes | context.words.no:
            return YES if sign in context.words.yes else NO
    text = typed(raw)
    if is_question(text):
        raise Unreadable("umum.pertanyaan")
    answer = None if _says_more(raw) else yes_or_no(text, context.words)
    if answer is None or of_something_else(text, field):
        raise Unreadable("ya_tidak.ragu")
    return answer


def show_yes_no(value: Json, field: Field) -> str:
    """Either "Ya" or "Tidak", or the field's own labels."""
    return show_choice(value, field) if field.choices else str(value).capitalize()


def _says_more(raw: RawAnswer) -> bool:
    """Whether the words are too many for a yes or a no, and may mean something else."""
    return not raw.insisted and len(words_of(raw.text or "")) > _SHORT


def _labels(choices: Sequence[Choice]) -> str:
    return "; ".join(choice.label for choice in choices)


def _pressed(button: str, keys: Iterable[str]) -> str:
    if button not in set(keys):
        raise Unreadable("umum.tombol_lama")
    return button


def _meant(text: str, field: Field, words: YesNo) -> list[Choice]:
    """The choices that the words can mean, by the surest sign that any of them gives."""
    choices = _that_fit(text, field, words)
    nearly = _by_likeness(text, choices, _NEARLY)
    if len(nearly) == 1:
        return nearly
    return _by_words(text, field.choices, choices, words) or _by_likeness(text, choices, _SIMILAR)


def _that_fit(text: str, field: Field, words: YesNo) -> list[Choice]:
    """The choices whose labels can be meant: those of yes and no only by a yes or a no."""
    plain = [c for c in field.choices if all(signs(_label(c), words))]
    spoken = _spoken(text)
    if all(signs(spoken, words)):
        asked = " ".join(words_of(field.question))
        begun = " ".join(spoken) in asked
        return [c for c in field.choices if c in plain or (begun and _starts(c, spoken))]
    return [c for c in field.choices if c not in plain or not of_something_else(text, field)]


def _starts(choice: Choice, spoken: Sequence[str]) -> bool:
    return _label(choice)[: len(spoken)] == [*spoken]


def _by_label(text: str, choices: Sequence[Choice]) -> Choice | None:
    words = words_of(text)
    said = (digits_for_words(words), _spoken(text))
    return next((c for c in choices if _label(c) in said or text.casefold() == c.key), None)


def _by_number(text: str, choices: Sequence[Choice]) -> Choice | None:
    spoken = " ".join(_spoken(text))
    match = _NUMBER.fullmatch(spoken)
    ordinals = [at for at, ordinal in enumerate(_ORDINALS, 1) if ordinal in spoken.split()]
    number = int(match.group(1)) if match else ordinals[0] if len(ordinals) == 1 else 0
    return choices[number - 1] if 1 <= number <= len(choices) else None


def _by_words(
    text: str, choices: Sequence[Choice], fitting: Sequence[Choice], words: YesNo
) -> list[Choice]:
    """Choices named in the text; else the fitting ones whose label has all words of the text."""
    spoken, everything = _spoken(text), digits_for_words(words_of(text))
    phrases = {c.key: (*c.words, *([c.label] if c in fitting else [])) for c in choices}
    keys = told(text, phrases, words)
    named = [c for c in choices if c.key in keys]
    if named:
        longest = max(named, key=lambda choice: len(choice.label))
        return [longest] if all(set(_label(c)) <= set(_label(longest)) for c in named) else named
    by_key = [c for c in fitting if _is_named(_key(c), everything, words)]
    if len(by_key) == 1 and len(spoken) <= _SHORT:
        return by_key
    return [c for c in fitting if all(_has(_label(c), word) for word in spoken)]


def _key(choice: Choice) -> list[str]:
    return words_of(choice.key.replace("_", " "))


def _is_named(label: Sequence[str], spoken: Sequence[str], words: YesNo) -> bool:
    """Whether the label stands in the text, and not after "bukan" or "tidak"."""
    places = [at for at in range(len(spoken)) if spoken[at : at + len(label)] == label]
    return any(at == 0 or spoken[at - 1] not in words.no for at in places)


def _has(label: Sequence[str], word: str) -> bool:
    return any(alike(word, part, _SAME_WORD) for part in label)


def _spoken(text: str) -> list[str]:
    return digits_for_words(words_of(without_politeness(text)))


def _label(choice: Choice) -> list[str]:
    return digits_for_words(words_of(choice.label))


def _by_yes_no(text: str, field: Field, words: YesNo) -> list[Choice]:
    """The choice that a yes or a no means, where the two are just that: "Sudah", "Belum"."""
    if not says_only(text, field, words):
        return []
    answer = yes_or_no(text, words)
    answers = [yes_or_no(choice.label, words) for choice in field.choices]
    if sorted(map(str, answers)) == sorted((YES, NO)):
        return [c for c, own in zip(field.choices, answers, strict=True) if own == answer]
    return [c for c in field.choices if answer == YES and _label(c)[0] == YES]


def _by_likeness(text: str, choices: Sequence[Choice], floor: int) -> list[Choice]:
    spoken = " ".join(_spoken(text))
    labels = {" ".join(_label(choice)): choice for choice in choices}
    found = sorted(all_alike(spoken, list(labels), floor), key=lambda pair: -pair[1])
    clear = len(found) > 1 and found[0][1] - found[1][1] >= _CLEARLY
    return [labels[label] for label, _ in (found[:1] if clear else found)]


CHOICE = Kind(read_choice, show_choice)
YES_NO = Kind(read_yes_no, show_yes_no)
