"""Decides intent and target together from five views of a sentence.

1. `intents`: words and characters, which intent;
2. `delexicalised`: the same sentence with the catalogue's names taken out, which intent - how
   people ask, whatever they ask about;
3. `topics`: words and characters, which service, complaint, office, or something not ours -
   what they are about, however they ask;
4. `bayes`: words and characters again, by a rule that errs in other places;
5. `similarity`: which intents the sentences have that are most like it.

A small regression, the stacker, learns from answers of models that had not seen the sentence how
far to trust each. "perpanjang sim" asks as for a service and is about none of ours: only
together the views tell.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from nlu.classifier import calibration
from nlu.classifier.calibration import (
    CalibratedModel,
    FitSettings,
    FitTask,
    Matrix,
    naive_bayes,
    regression,
)
from nlu.classifier.progress import step
from nlu.classifier.similarity import SentenceSimilarity
from nlu.corpus import OUT_OF_SCOPE

NOTHING = "-"
OUTSIDE = "luar:"
KINDS = ("layanan", "keluhan", "kantor", "luar", "-")
FEWEST_OF_A_TOPIC = 4
_LEAST = 1e-5
_RARELY = 1e-3


@dataclass(frozen=True)
class ModelSettings:
    """How the regressions and the stacker are fitted."""

    intents: FitSettings = field(default_factory=FitSettings)
    topics: FitSettings = field(default_factory=lambda: FitSettings(balance=0.4, folds=3))
    stacker_c: float = 0.1


@dataclass(frozen=True)
class Views:
    """Features of some sentences: `full` with all words, `delexicalised` without catalogue names.

    `beside` stands beside the words for the first view alone: beside all of them training takes
    longer, and naive Bayes knows no numbers below zero.
    """

    full: csr_matrix
    delexicalised: csr_matrix
    beside: csr_matrix | None = None

    @property
    def asked(self) -> csr_matrix:
        """What the first view sees."""
        return self.full if self.beside is None else hstack([self.full, self.beside]).tocsr()


@dataclass(frozen=True)
class Prediction:
    """Probabilities of one sentence, by label."""

    intents: dict[str, float]
    targets: dict[str, float]


class IntentModel:
    """A trained decision."""

    def __init__(
        self,
        models: tuple[CalibratedModel, ...],
        similarity: SentenceSimilarity,
        kinds: Mapping[str, str],
    ) -> None:
        self.intents, self.delexicalised, self.bayes, self.topics = models
        self.similarity = similarity
        own = [_kind(label, kinds) for label in self.topics.labels]
        self.kind_of = np.array([[kind == other for other in KINDS] for kind in own], dtype=float)
        self.stacker: CalibratedModel = self.intents
        self.allowed = np.zeros((len(self.intents.labels), len(KINDS)))

    def decide(self, views: Views) -> list[Prediction]:
        """Predict intent and target of each sentence."""
        topics = self.topics.probabilities(views.full)
        shares = [
            self.intents.probabilities(views.asked),
            self.delexicalised.probabilities(views.delexicalised),
            self.bayes.probabilities(views.full),
        ]
        stacked = self.stacked(shares, topics, self.similarity.to_labels(views.full))
        intents = self.stacker.probabilities(stacked)
        return [
            Prediction(
                dict(zip(self.stacker.labels, row.tolist(), strict=False)),
                self._targets(row, topic),
            )
            for row, topic in zip(intents, topics, strict=False)
        ]

    def stacked(self, intents: Sequence[Matrix], topics: Matrix, similarity: Matrix) -> Matrix:
        """What the stacker sees: logarithms of three views and of topic kinds; similarity."""
        kinds = topics @ self.kind_of
        return np.hstack([np.log(np.clip(np.hstack([*intents, kinds]), _LEAST, 1.0)), similarity])

    def _targets(self, intents: Matrix, topics: Matrix) -> dict[str, float]:
        """Probabilities of the targets that the likely intents can be about.

        What they leave to 1 is that none is named: "mau bikin surat".
        """
        weights = self.kind_of @ (intents @ self.allowed + _RARELY)
        weighed: dict[str, float] = {}
        for label, share in zip(self.topics.labels, (topics * weights).tolist(), strict=True):
            name = label.removeprefix(OUTSIDE) or NOTHING
            weighed[name] = weighed.get(name, 0.0) + share
        total = sum(weighed.values())
        return {name: value / total for name, value in weighed.items() if name != NOTHING}


def fit(
    views: Views,
    intents: Sequence[str],
    targets: Sequence[str | None],
    kinds: Mapping[str, str],
    settings: ModelSettings,
) -> IntentModel:
    """Learn all views and the stacker; `kinds` maps targets to their kind."""
    topics = topic_labels(intents, targets)
    tasks = {
        "targets": regression(views.full, topics, settings.topics),
        "intents": regression(views.asked, intents, settings.intents),
        "intents without names": regression(views.delexicalised, intents, settings.intents),
        "intents by counts": naive_bayes(views.full, intents, settings.intents),
    }
    (topic_model, from_topics), *learnt = _calibrated(tasks)
    step("stacking")
    similarity = SentenceSimilarity(views.full, intents)
    model = IntentModel((*(each for each, _ in learnt), topic_model), similarity, kinds)
    among_learnt = similarity.among_learnt(views.full)
    stacked = model.stacked([shares for _, shares in learnt], from_topics, among_learnt)
    model.stacker = _stacker(stacked, intents, settings)
    about = [_kind(topic, kinds) for topic in topics]
    model.allowed = _allowed(model.stacker.labels, intents, about)
    return model


def topic_labels(intents: Sequence[str], targets: Sequence[str | None]) -> list[str]:
    """Name what each sentence is about: a target, `luar:` with or without an office, or `-`.

    Topics with very few sentences cannot be learnt: those outside fall together, others are
    left to the catalogue's look-up.
    """
    named = [
        f"{OUTSIDE}{target or ''}" if intent == OUT_OF_SCOPE else target or NOTHING
        for intent, target in zip(intents, targets, strict=False)
    ]
    sizes = Counter(named)
    return [name if sizes[name] >= FEWEST_OF_A_TOPIC else _coarse(name) for name in named]


def _coarse(name: str) -> str:
    return OUTSIDE if name.startswith(OUTSIDE) else NOTHING


def _kind(label: str, kinds: Mapping[str, str]) -> str:
    if label.startswith(OUTSIDE):
        return "luar"
    return kinds.get(label, NOTHING)


def _calibrated(tasks: Mapping[str, FitTask]) -> list[tuple[CalibratedModel, Matrix]]:
    """Fit the views; also return what models that had not seen the sentences say of them."""
    learnt, fitted = [], calibration.fit_all(list(tasks.values()))
    for name, task in tasks.items():
        step(name)
        model, logits = next(fitted)
        answers = [model.labels.index(label) for label in task.labels]
        model.temperature = calibration.temperature(logits, answers)
        learnt.append((model, calibration.softmax(logits / model.temperature)))
    return learnt


def _stacker(stacked: Matrix, intents: Sequence[str], settings: ModelSettings) -> CalibratedModel:
    """Fit the stacker; with so few numbers per sentence it cannot learn sentences by heart."""
    mean, spread = stacked.mean(axis=0), stacked.std(axis=0) + _LEAST
    model = LogisticRegression(C=settings.stacker_c, max_iter=1000, tol=1e-3)
    model.fit((stacked - mean) / spread, intents)
    weights = model.coef_.T / spread[:, None]
    return CalibratedModel(model.classes_.tolist(), weights, model.intercept_ - mean @ weights)


def _allowed(labels: Sequence[str], intents: Sequence[str], kinds: Sequence[str]) -> Matrix:
    """How often the sentences of each label are about each kind of target, a row a label."""
    pairs, totals = Counter(zip(intents, kinds, strict=True)), Counter(intents)
    return np.array([[pairs[label, kind] / totals[label] for kind in KINDS] for label in labels])
