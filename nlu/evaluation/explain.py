"""Says in plain words what the model made of one sentence, and what decided."""

from typing import Any

SHOWN = 3


def explain(answer: dict[str, Any]) -> str:
    """Return the explanation of one parse, for a terminal."""
    lines = [f"sentence    {answer['text']}", f"normalised  {answer.get('normalised', '')}", ""]
    lines += _ranked("intent", answer.get("intent_ranking") or [answer["intent"]])
    lines += _ranked("target", answer.get("targets") or [])
    lines += [_wish(answer["text"], wish) for wish in answer.get("wishes") or []]
    lines += [f"denied      {_said(answer['text'], d)}" for d in answer.get("denied") or []]
    for entity in answer["entities"]:
        place = f"{entity['start']}-{entity['end']}"
        lines.append(f"entity      {entity['entity']:<10} {entity['value']}  [{place}]")
    return "\n".join([*lines, "", f"decision    {decision(answer)}"])


def decision(answer: dict[str, Any]) -> str:
    """Say what the thresholds make of the best intent."""
    confidence = answer["intent"]["confidence"]
    limits = answer.get("thresholds") or {"accept": 0.0, "ask": 0.0}
    name = answer["intent"]["name"]
    if confidence >= limits["accept"]:
        return f"act on {name}: {confidence:.2f} is at least accept {limits['accept']:.2f}"
    if confidence >= limits["ask"]:
        return f"ask which is meant: {confidence:.2f} is below accept {limits['accept']:.2f}"
    return f"not understood: {confidence:.2f} is below ask {limits['ask']:.2f}"


def _ranked(kind: str, ranking: list[dict[str, Any]]) -> list[str]:
    return [
        f"{kind:<11} {entry['name']:<22} {entry['confidence']:.3f}" for entry in ranking[:SHOWN]
    ]


def _wish(text: str, wish: dict[str, Any]) -> str:
    about = f" about {wish['target']}" if wish["target"] else ""
    return f"wish        {wish['intent']}{about}: {_said(text, wish)}"


def _said(text: str, stretch: dict[str, Any]) -> str:
    return text[stretch["start"] : stretch["end"]]
