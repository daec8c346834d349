"""A network of sigmoid units: the derivatives as functions.

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


def sigmoid(x):
    """1/(1 + exp(-x)) without overflow."""
    power = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1.0, power) / (1.0 + power)


# Q1.2. The gradients


def forward_L(a0, b1, w2, w1, b2, y):
    """L and what it is computed from.

    a0: array of shape (M,)
    b1: array of shape (H,)
    w2: array of shape (H,)
    w1: array of shape (M, H)
    b2: float
    y: float

    Returns a dictionary:
      z1[i] = sum(k = 1..M, w1[k,i]*a0[k]) + b1[i]  (shape (H,))
      a1[i] = sigmoid(z1[i])  (shape (H,))
      z2 = sum(k = 1..H, w2[k]*a1[k]) + b2  (float)
      a2 = sigmoid(z2)  (float)
      L = (y - a2)^2/2  (float)
    """
    a0 = array("a0", a0, None)
    M = a0.shape[0]
    b1 = array("b1", b1, None)
    H = b1.shape[0]
    w2 = array("w2", w2, H)
    w1 = array("w1", w1, M, H)
    z1 = w1.T @ a0 + b1
    a1 = sigmoid(z1)
    z2 = w2 @ a1 + b2
    a2 = sigmoid(z2)
    L = (y - a2)**2 / 2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2, "L": L}


def gradient_L(a0, b1, w2, w1, b2, y):
    """Derivatives of L.

    a0: array of shape (M,)
    b1: array of shape (H,)
    w2: array of shape (H,)
    w1: array of shape (M, H)
    b2: float
    y: float

    Returns a dictionary:
      dL_dw2: shape (H,), places i
        dL/dw2[i] = (a2 - y)*a2*(1 - a2)*a1[i]
      dL_db2: float
        dL/db2 = (a2 - y)*a2*(1 - a2)
      dL_dw1: shape (M, H), places i, j
        dL/dw1[i,j] = (a2 - y)*a2*(1 - a2)*w2[j]*a1[j]*(1 - a1[j])*a0[i]
      dL_db1: shape (H,), places i
        dL/db1[i] = (a2 - y)*a2*(1 - a2)*w2[i]*a1[i]*(1 - a1[i])
    """
    a0 = array("a0", a0, None)
    M = a0.shape[0]
    b1 = array("b1", b1, None)
    H = b1.shape[0]
    w2 = array("w2", w2, H)
    w1 = array("w1", w1, M, H)
    values = forward_L(a0, b1, w2, w1, b2, y)
    a1 = values["a1"]
    a2 = values["a2"]
    dL_dw2 = a2 * (a2 - y) * (1 - a2) * a1
    dL_db2 = (a2 - y) * a2 * (1 - a2)
    part = w2 * a1 * (1 - a1)
    dL_dw1 = a2 * (a2 - y) * (1 - a2) * np.outer(a0, part)
    dL_db1 = a2 * (a2 - y) * (1 - a2) * part
    return {"dL_dw2": dL_dw2, "dL_db2": dL_db2, "dL_dw1": dL_dw1, "dL_db1": dL_db1}


def check_L():
    """Compares with central differences at the numbers of the problem."""
    M = 2
    H = 3
    a0 = np.array([1.0, 1.0])
    b1 = np.array([1.0, 1.0, 1.0])
    w2 = np.array([0.2, 0.2, 0.8])
    w1 = np.array([[0.4, 0.6, 0.2], [0.3, 0.9, 0.5]])
    b2 = 0.5
    y = 1.0
    result = gradient_L(a0, b1, w2, w1, b2, y)
    passed = []
    error = 0.0
    for i in range(H):
        numeric = central(lambda t: forward_L(a0, b1, bump(w2, (i,), t), w1, b2, y)["L"], 1e-4)
        error = worse(error, result["dL_dw2"][i], numeric)
    passed.append(report("dL_dw2", error, 1e-6))
    expected = np.array([-0.02200820423226114, -0.024054247653912585, -0.02200820423226114])
    error = np.abs(result["dL_dw2"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dL_dw2", error, 1e-8, "the numbers of the write-up"))
    error = 0.0
    numeric = central(lambda t: forward_L(a0, b1, w2, w1, bump(b2, None, t), y)["L"], 1e-4)
    error = worse(error, result["dL_db2"], numeric)
    passed.append(report("dL_db2", error, 1e-6))
    expected = np.array(-0.02602874053948292)
    error = np.abs(result["dL_db2"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dL_db2", error, 1e-8, "the numbers of the write-up"))
    error = 0.0
    for i in range(M):
        for j in range(H):
            numeric = central(lambda t: forward_L(a0, b1, w2, bump(w1, (i, j), t), b2, y)["L"],
                1e-4)
            error = worse(error, result["dL_dw1"][i, j], numeric)
    passed.append(report("dL_dw1", error, 1e-6))
    expected = np.array([[-0.0006799006201497578, -0.00036494228976121474, -0.0027196024805990313],
        [-0.0006799006201497578, -0.00036494228976121474, -0.0027196024805990313]])
    error = np.abs(result["dL_dw1"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dL_dw1", error, 1e-8, "the numbers of the write-up"))
    error = 0.0
    for i in range(H):
        numeric = central(lambda t: forward_L(a0, bump(b1, (i,), t), w2, w1, b2, y)["L"], 1e-4)
        error = worse(error, result["dL_db1"][i], numeric)
    passed.append(report("dL_db1", error, 1e-6))
    expected = np.array([-0.0006799006201497578, -0.00036494228976121474, -0.0027196024805990313])
    error = np.abs(result["dL_db1"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dL_db1", error, 1e-8, "the numbers of the write-up"))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
