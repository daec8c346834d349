"""Multiclass hinge loss over softmax: the derivatives as functions.

Run the file to compare every derivative with central differences.
"""

import sys

import numpy as np


def array(name, value, *shape):
    """The value as an array of floats of this shape; None stands for any size."""
    value = np.asarray(value, dtype=float)
    fits = value.ndim == len(shape) and all(
        size in (None, own) for size, own in zip(shape, value.shape))
    if not fits:
        wanted = ", ".join("any" if size is None else str(size) for size in shape)
        raise ValueError(f"{name} has the shape {value.shape}, which should be ({wanted})")
    return value


def bump(value, place, step, symmetric=False):
    """The value with a step added at one place; to both entries of a symmetric matrix."""
    if place is None:
        return value + step
    value = np.array(value, dtype=float)
    value[place] += step
    if symmetric and place[0] != place[1]:
        value[place[::-1]] += step
    return value


def central(function, step):
    """The derivative of a function of one number at 0, by central differences."""
    near = function(step) - function(-step)
    far = function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)


def worse(error, value, difference):
    """The larger of an error and that of a value against its difference."""
    own = abs(value - difference) / max(1.0, abs(value), abs(difference))
    return error if own <= error or error != error else own


def report(name, error, tolerance, other="central differences"):
    """Tells whether a derivative agrees with something else."""
    passed = bool(error <= tolerance)
    print(f"{name}: error {error:.1e} against {other}" + ("" if passed else "  DISAGREES"))
    return passed


def softmax(x):
    """exp(x)/sum(exp(x)) of a vector, or of each row of a matrix, without overflow."""
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


# (a) The gradient by the probabilities
# (b) The gradient by the inputs of softmax


def forward_L(m, o, y, *, p=None):
    """L and what it is computed from.

    m: float, > 0
    o: array of shape (K,)
    y: integer from 0 (the problem counts from 1)
    p: taken as given, if not None, instead of being computed

    Returns a dictionary:
      p[j] = exp(o[j])/sum(k, exp(o[k]))  (shape (K,))
      L = sum(j != y, max(0, p[j] - p[y] + m))  (float)
    """
    o = array("o", o, None)
    K = o.shape[0]
    if not 0 <= y < K:
        raise ValueError(f"{y=} is not in its range")
    if p is None:
        p = softmax(o)
    L = np.sum(np.maximum(0, p - p[y] + m) * (np.arange(K) != y))
    return {"p": p, "L": L}


def gradient_L(m, o, y):
    """Derivatives of L.

    m: float, > 0
    o: array of shape (K,)
    y: integer from 0 (the problem counts from 1)

    Returns a dictionary:
      dL_dp: shape (K,), places j
        dL/dp[j] = 1[j != y]*1[m + p[j] - p[y] > 0] - sum(i != y, 1[m + p[i] - p[y] > 0])*delta(j, y)
      dL_do: shape (K,), places j
        dL/do[j]
    """
    o = array("o", o, None)
    K = o.shape[0]
    if not 0 <= y < K:
        raise ValueError(f"{y=} is not in its range")
    values = forward_L(m, o, y)
    p = values["p"]
    part = p + (m - p[y])
    part_2 = np.sum((part > 0).astype(float))
    dL_dp = (part > 0).astype(float) - part_2 * np.eye(K)[y]
    dL_do = ((p[y] * part_2 - p @ (part > 0).astype(float)) * p + p * (part > 0)
        - p[y] * part_2 * np.eye(K)[y])
    return {"dL_dp": dL_dp, "dL_do": dL_do}


def check_L():
    """Compares with central differences at the numbers of the problem."""
    K = 4
    m = 1.0
    o = np.array([0.2, -0.5, 1.1, 0.4])
    y = 2
    values = forward_L(m, o, y)
    result = gradient_L(m, o, y)
    passed = []
    error = 0.0
    for j in range(K):
        numeric = central(lambda t: forward_L(m, o, y, p=bump(values["p"], (j,), t))["L"], 1e-4)
        error = worse(error, result["dL_dp"][j], numeric)
    passed.append(report("dL_dp", error, 1e-6))
    error = 0.0
    for j in range(K):
        numeric = central(lambda t: forward_L(m, bump(o, (j,), t), y)["L"], 1e-4)
        error = worse(error, result["dL_do"][j], numeric)
    passed.append(report("dL_do", error, 1e-6))
    expected = np.array([0.3670029157577209, 0.1822482544138809, -0.9975095437309063,
        0.44825837355930476])
    error = np.abs(result["dL_do"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dL_do", error, 1e-8, "the numbers of the write-up"))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
