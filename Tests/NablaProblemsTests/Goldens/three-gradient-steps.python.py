"""Three steps of gradient descent: the derivatives as functions.

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


def relu(x):
    return np.maximum(x, 0.0)


# Exercise 2. Backpropagation on paper


def forward_L(x, w, W, y):
    """L and what it is computed from.

    x: array of shape (2,)
    w: array of shape (3,)
    W: array of shape (2, 3)
    y: float

    Returns a dictionary:
      s[i] = sum(k = 1..2, W[k,i]*x[k])  (shape (3,))
      z[i] = ReLU(s[i])  (shape (3,))
      sout = sum(k = 1..3, w[k]*z[k])  (float)
      yout = tanh(sout)  (float)
      L = (yout - y)^2/2  (float)
    """
    x = array("x", x, 2)
    w = array("w", w, 3)
    W = array("W", W, 2, 3)
    s = W.T @ x
    z = relu(s)
    sout = w @ z
    yout = np.tanh(sout)
    L = (yout - y)**2 / 2
    return {"s": s, "z": z, "sout": sout, "yout": yout, "L": L}


def gradient_L(x, w, W, y):
    """Derivatives of L.

    x: array of shape (2,)
    w: array of shape (3,)
    W: array of shape (2, 3)
    y: float

    Returns a dictionary:
      dL_dW: shape (2, 3), places i, j
        dL/dW[i,j] = x[i]*1[s[j] > 0]*w[j]*(yout - y)*(1 - yout^2)
      dL_dw: shape (3,), places i
        dL/dw[i] = z[i]*(yout - y)*(1 - yout^2)
    """
    x = array("x", x, 2)
    w = array("w", w, 3)
    W = array("W", W, 2, 3)
    values = forward_L(x, w, W, y)
    s = values["s"]
    z = values["z"]
    yout = values["yout"]
    dL_dW = (yout - y) * (1 - yout**2) * np.outer(x, w * (s > 0))
    dL_dw = (yout - y) * (1 - yout**2) * z
    return {"dL_dW": dL_dW, "dL_dw": dL_dw}


def train_L(w, W, X, Y, steps, rate):
    """Gradient descent on L, summed over the samples in X, Y.

    Returns a dictionary: W, w after the steps, and 'losses', the loss before each step.
    """
    losses = []
    for step in range(steps):
        loss = 0.0
        total_W = 0.0
        total_w = 0.0
        for x, y in zip(X, Y):
            loss += forward_L(x, w, W, y)["L"]
            result = gradient_L(x, w, W, y)
            total_W = total_W + result["dL_dW"]
            total_w = total_w + result["dL_dw"]
        W = W - rate * total_W
        w = w - rate * total_w
        losses.append(float(loss))
    return {"W": W, "w": w, "losses": losses}


def check_L():
    """Compares with central differences at the numbers of the problem, others drawn at random."""
    x = np.array([-1.26, -1.95])
    w = np.array([0.02, 0.03, 0.09])
    W = np.array([[0.6, 0.7, 0.0], [0.01, 0.43, 0.88]])
    y = 1.06
    result = gradient_L(x, w, W, y)
    passed = []
    error = 0.0
    for i in range(2):
        for j in range(3):
            numeric = central(lambda t: forward_L(x, w, bump(W, (i, j), t), y)["L"], 1e-4)
            error = worse(error, result["dL_dW"][i, j], numeric)
    passed.append(report("dL_dW", error, 1e-6))
    error = 0.0
    for i in range(3):
        numeric = central(lambda t: forward_L(x, bump(w, (i,), t), W, y)["L"], 1e-4)
        error = worse(error, result["dL_dw"][i], numeric)
    passed.append(report("dL_dw", error, 1e-6))
    w = np.array([0.02, 0.03, 0.09])
    W = np.array([[0.6, 0.7, 0.0], [0.01, 0.43, 0.88]])
    X = np.array([[0.75, 0.8], [0.2, 0.05], [-0.75, 0.8], [0.2, -0.05]])
    Y = np.array([1.0, 1.0, -1.0, -1.0])
    losses = train_L(w, W, X, Y, 3, 0.5)["losses"]
    expected = np.array([1.9666450569727654, 1.6514692665756145, 1.5054003067522923])
    error = np.abs(np.array(losses) - expected) / np.maximum(1.0, np.abs(expected))
    passed.append(report("losses of train_L", float(np.max(error)), 1e-8,
        "the numbers of the write-up"))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
