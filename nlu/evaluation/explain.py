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
    roles = sorted(answer.get("roles", {}).items(), key=lambda pair: -pair[1])[:SHOWN]
    lines.append("in a form   " + ", ".join(f"{role} {share:.2f}" for role, share in roles))
    return "\n".join(lines)


def _ranked(kind: str, ranking: list[dict[str, Any]]) -> list[str]:
    return [
        f"{kind:<11} {entry['name']:<22} {entry['confidence']:.3f}" for entry in ranking[:SHOWN]
    ]


def _wish(text: str, wish: dict[str, Any]) -> str:
    about = f" about {wish['target']}" if wish["target"] else ""
    return f"wish        {wish['intent']}{about}: {_said(text, wish)}"


def _said(text: str, stretch: dict[str, Any]) -> str:
    return text[stretch["start"] : stretch["end"]]
