"""Linear models whose probabilities mean something: a temperature from cross-validation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
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


class CalibratedModel:
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


Estimator = LogisticRegression | ComplementNB


@dataclass(frozen=True)
class FitTask:
    """What a model is to learn, and how; `scores` is the estimator's method that gives scores."""

    estimator: Estimator
    scores: str
    features: csr_matrix
    labels: Sequence[str]
    settings: FitSettings


def regression(features: csr_matrix, labels: Sequence[str], settings: FitSettings) -> FitTask:
    """Return the task of a logistic regression.

    One label against the rest, by dual coordinate descent: as accurate as the multinomial fit,
    in a tenth of its time. The temperature makes up for the scores being fitted apart.
    """
    estimator = LogisticRegression(
        C=settings.C,
        max_iter=settings.max_iter,
        tol=settings.tolerance,
        solver="liblinear",
        dual=True,
        random_state=settings.seed,
    )
    return FitTask(estimator, "decision_function", features, labels, settings)


def naive_bayes(features: csr_matrix, labels: Sequence[str], settings: FitSettings) -> FitTask:
    """Return the task of complement naive Bayes (Rennie and others 2003)."""
    estimator = ComplementNB(alpha=settings.smoothing)
    unbalanced = replace(settings, balance=0.0)
    return FitTask(estimator, "predict_log_proba", features, labels, unbalanced)


def fit_all(tasks: Sequence[FitTask]) -> Iterator[tuple[CalibratedModel, Matrix]]:
    """Fit each task on all its examples; also each one's scores by a model that had not seen it.

    In processes of their own: liblinear draws its random numbers from one well a process, so
    that fits beside each other in threads would come out differently every time.
    """
    fitted = Parallel(WORKERS, return_as="generator")(delayed(_fit)(task) for task in tasks)
    for task, model in zip(tasks, fitted, strict=True):
        yield model, _out_of_fold(task)


def _fit(task: FitTask) -> CalibratedModel:
    weights = _class_weights(task.labels, task.settings.balance)
    model = task.estimator.fit(task.features, task.labels, sample_weight=weights)
    if isinstance(model, ComplementNB):
        coefficients, bias = model.feature_log_prob_, np.zeros(len(model.classes_))
    else:
        coefficients, bias = model.coef_, model.intercept_
    columns = np.ascontiguousarray(coefficients.T, dtype=np.float32)
    return CalibratedModel(model.classes_.tolist(), columns, bias)


def _out_of_fold(task: FitTask) -> Matrix:
    """Scores of each example, a column a label in their order; labels are spread evenly."""
    settings = task.settings
    folds = StratifiedKFold(settings.folds, shuffle=True, random_state=settings.seed)
    weights = _class_weights(task.labels, settings.balance)
    return cross_val_predict(
        task.estimator,
        task.features,
        task.labels,
        cv=folds,
        n_jobs=WORKERS,
        method=task.scores,
        fit_params={"sample_weight": weights},
    )


def temperature(logits: Matrix, answers: Sequence[int]) -> float:
    """Find the temperature that makes the answers likeliest."""
    rows = np.arange(len(answers))

    def loss(log_temperature: float) -> float:
        chosen = softmax(logits / np.exp(log_temperature))[rows, answers]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def _class_weights(labels: Sequence[str], balance: float) -> Matrix:
    """Weight of each example: (mean class size / size of its class) ** balance."""
    _labels, inverse, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return ((counts.mean() / counts) ** balance)[inverse]
