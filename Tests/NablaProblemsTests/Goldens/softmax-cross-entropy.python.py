"""Softmax with cross-entropy: the derivatives as functions.

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


# (a) The Jacobian of softmax


def forward_P(h):
    """P and what it is computed from.

    h: array of shape (N,)

    Returns a dictionary:
      P[j] = exp(h[j])/sum(k, exp(h[k]))  (shape (N,))
    """
    h = array("h", h, None)
    P = softmax(h)
    return {"P": P}


def gradient_P(h):
    """Derivatives of P.

    h: array of shape (N,)

    Returns a dictionary:
      dP_dh: shape (N, N), places j, i
        dP[j]/dh[i] = P[j]*(delta(i, j) - P[i])
    """
    h = array("h", h, None)
    values = forward_P(h)
    P = values["P"]
    dP_dh = np.diag(P) - np.outer(P, P)
    return {"dP_dh": dP_dh}


def check_P():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    h = np.array([-1.26, -1.95, 1.06])
    result = gradient_P(h)
    passed = []
    error = 0.0
    for j in range(N):
        for i in range(N):
            numeric = central(lambda t: forward_P(bump(h, (i,), t))["P"][j], 1e-4)
            error = worse(error, result["dP_dh"][j, i], numeric)
    passed.append(report("dP_dh", error, 1e-6))
    return all(passed)


# (b) The gradient of the loss, through the Jacobian


def forward_L(h, y):
    """L and what it is computed from.

    h: array of shape (N,)
    y: array of shape (N,)

    Returns a dictionary:
      P[j] = exp(h[j])/sum(k, exp(h[k]))  (shape (N,))
      L = -sum(j, y[j]*log(P[j]))  (float)
    """
    h = array("h", h, None)
    N = h.shape[0]
    y = array("y", y, N)
    P = softmax(h)
    L = -(y @ np.log(P))
    return {"P": P, "L": L}


def gradient_L(h, y):
    """Derivatives of L.

    h: array of shape (N,)
    y: array of shape (N,)

    Returns a dictionary:
      dL_dh: shape (N,), places i
        dL/dh[i] = P[i]*sum(j, y[j]) - y[i]
    """
    h = array("h", h, None)
    N = h.shape[0]
    y = array("y", y, N)
    values = forward_L(h, y)
    P = values["P"]
    dL_dh = np.sum(y) * P - y
    return {"dL_dh": dL_dh}


def check_L():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    h = np.array([-1.26, -1.95, 1.06])
    y = np.array([-1.79, 0.79, 0.99])
    result = gradient_L(h, y)
    passed = []
    error = 0.0
    for i in range(N):
        numeric = central(lambda t: forward_L(bump(h, (i,), t), y)["L"], 1e-4)
        error = worse(error, result["dL_dh"][i], numeric)
    passed.append(report("dL_dh", error, 1e-6))
    return all(passed)


# (d) The same through log-sum-exp


def forward_M(h, y):
    """M and what it is computed from.

    h: array of shape (N,)
    y: array of shape (N,)

    Returns a dictionary:
      P[j] = exp(h[j])/sum(k, exp(h[k]))  (shape (N,))
      M = -sum(j, y[j]*(h[j] - log(sum(k, exp(h[k])))))  (float)
    """
    h = array("h", h, None)
    N = h.shape[0]
    y = array("y", y, N)
    P = softmax(h)
    M = -(y @ (h - np.log(np.sum(np.exp(h)))))
    return {"P": P, "M": M}


def gradient_M(h, y):
    """Derivatives of M.

    h: array of shape (N,)
    y: array of shape (N,)

    Returns a dictionary:
      dM_dh: shape (N,), places i
        dM/dh[i] = P[i]*sum(j, y[j]) - y[i]
    """
    h = array("h", h, None)
    N = h.shape[0]
    y = array("y", y, N)
    values = forward_M(h, y)
    P = values["P"]
    dM_dh = np.sum(y) * P - y
    return {"dM_dh": dM_dh}


def check_M():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    h = np.array([-1.26, -1.95, 1.06])
    y = np.array([-1.79, 0.79, 0.99])
    result = gradient_M(h, y)
    passed = []
    error = 0.0
    for i in range(N):
        numeric = central(lambda t: forward_M(bump(h, (i,), t), y)["M"], 1e-4)
        error = worse(error, result["dM_dh"][i], numeric)
    passed.append(report("dM_dh", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_P(), check_L(), check_M()]
    sys.exit(0 if all(passed) else 1)
