"""Linear models whose probabilities mean something: a temperature from cross-validation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB

from nlu.features.cores import WORKERS

Matrix = np.ndarray


@dataclass(frozen=True)
class FitSettings:
    """How a model is fitted.

    `balance` is how far the regression makes up for small classes, 0 to 1.
    """

    C: float = 20.0
    balance: float = 0.75
    folds: int = 4
    seed: int = 7
    max_iter: int = 100
    tolerance: float = 0.5
    smoothing: float = 0.1


class CalibratedSoftmax:
    """A linear model over sparse features with one temperature for all its classes."""

    def __init__(self, labels: Sequence[str], weights: Matrix, bias: Matrix) -> None:
        self.labels = list(labels)
        self.weights = weights
        self.bias = bias
        self.temperature = 1.0

    def logits(self, features: csr_matrix) -> Matrix:
        """Return the raw scores, one row a text and one column a label."""
        return np.asarray(features @ self.weights) + self.bias

    def probabilities(self, features: csr_matrix) -> Matrix:
        """Return calibrated probabilities; each row sums to one."""
        return softmax(self.logits(features) / self.temperature)


def softmax(logits: Matrix) -> Matrix:
    """Turn rows of scores into rows of probabilities."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def regression(
    features: csr_matrix, labels: Sequence[str], settings: FitSettings
) -> CalibratedSoftmax:
    """Fit a logistic regression, without calibration.

    One label against the rest, by dual coordinate descent: as accurate as the multinomial fit,
    in a tenth of its time. The temperature makes up for the scores being fitted apart.
    """
    answers = np.asarray(labels)
    model = LogisticRegression(
        C=settings.C,
        max_iter=settings.max_iter,
        tol=settings.tolerance,
        solver="liblinear",
        dual=True,
        random_state=settings.seed,
    )
    model.fit(features, answers, sample_weight=_class_weights(answers, settings.balance))
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.hstack([-bias, bias])
    return CalibratedSoftmax(
        model.classes_.tolist(), np.ascontiguousarray(coefficients.T, dtype=np.float32), bias
    )


def naive_bayes(
    features: csr_matrix, labels: Sequence[str], settings: FitSettings
) -> CalibratedSoftmax:
    """Fit complement naive Bayes (Rennie and others 2003), without calibration."""
    model = ComplementNB(alpha=settings.smoothing).fit(features, labels)
    weights = np.ascontiguousarray(model.feature_log_prob_.T, dtype=np.float32)
    return CalibratedSoftmax(model.classes_.tolist(), weights, np.zeros(len(model.classes_)))


Fit = Callable[[csr_matrix, Sequence[str], FitSettings], CalibratedSoftmax]


@dataclass(frozen=True)
class Lesson:
    """What a model is to learn, and how."""

    how: Fit
    features: csr_matrix
    labels: Sequence[str]
    settings: FitSettings


def fit_twice(lessons: Sequence[Lesson]) -> Iterator[tuple[CalibratedSoftmax, Matrix]]:
    """Fit each lesson on all its examples; also each one's scores by a model that had not seen it.

    Columns follow the sorted labels; a label missing from a fold's training scores lowest. In
    processes of their own: liblinear draws its random numbers from one well a process, so that
    fits beside each other in threads would come out differently every time.
    """
    splits = [list(folds(lesson)) for lesson in lessons]
    fitted = Parallel(WORKERS, return_as="generator")(
        delayed(_fit)(lesson, rows)
        for lesson, parts in zip(lessons, splits, strict=True)
        for rows in (None, *(train for train, _ in parts))
    )
    for lesson, parts in zip(lessons, splits, strict=True):
        model = next(fitted)
        scores = np.full((len(lesson.labels), len(model.labels)), -20.0)
        for (_, test), other in zip(parts, islice(fitted, len(parts)), strict=True):
            columns = [model.labels.index(label) for label in other.labels]
            scores[np.ix_(test, columns)] = other.logits(lesson.features[test])
        yield model, scores


def _fit(lesson: Lesson, rows: Matrix | None) -> CalibratedSoftmax:
    if rows is None:
        return lesson.how(lesson.features, lesson.labels, lesson.settings)
    labels = np.asarray(lesson.labels)[rows]
    return lesson.how(lesson.features[rows], labels, lesson.settings)


def folds(lesson: Lesson) -> Iterator[tuple[Matrix, Matrix]]:
    """Yield (training, test) rows: each label is spread evenly over the folds."""
    settings = lesson.settings
    splitter = StratifiedKFold(settings.folds, shuffle=True, random_state=settings.seed)
    yield from splitter.split(lesson.labels, lesson.labels)


def temperature(logits: Matrix, answers: Sequence[int]) -> float:
    """Find the temperature that makes the answers likeliest."""
    rows = np.arange(len(answers))

    def loss(log_temperature: float) -> float:
        chosen = softmax(logits / np.exp(log_temperature))[rows, answers]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def _class_weights(answers: Matrix, balance: float) -> Matrix:
    """Weight of each example: (mean class size / size of its class) ** balance."""
    _labels, inverse, counts = np.unique(answers, return_inverse=True, return_counts=True)
    return ((counts.mean() / counts) ** balance)[inverse]
