"""Questions about training, answered: the derivatives as functions.

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


# 3. How does a hinge loss behave?


def forward_l(s, m):
    """l and what it is computed from.

    s: float
    m: float, > 0

    Returns a dictionary:
      l = max(0, m - s)  (float)
    """
    l = max(0, m - s)
    return {"l": l}


def gradient_l(s, m):
    """Derivatives of l.

    s: float
    m: float, > 0

    Returns a dictionary:
      dl_ds: float
        dl/ds = -1[m - s > 0]
    """
    dl_ds = -(1.0 if m - s > 0 else 0.0)
    return {"dl_ds": dl_ds}


def check_l():
    """Compares with central differences at the numbers of the problem, others drawn at random."""
    s = -1.26
    m = 1.0
    result = gradient_l(s, m)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_l(bump(s, None, t), m)["l"], 1e-4)
    error = worse(error, result["dl_ds"], numeric)
    passed.append(report("dl_ds", error, 1e-6))
    return all(passed)


# 3. How does a hinge loss behave?


def forward_c(s):
    """c and what it is computed from.

    s: float

    Returns a dictionary:
      c = log(1 + exp(-s))  (float)
    """
    c = np.log(1 + np.exp(-s))
    return {"c": c}


def gradient_c(s):
    """Derivatives of c.

    s: float

    Returns a dictionary:
      dc_ds: float
        dc/ds = -1/(1 + exp(s))
    """
    dc_ds = -(1 / (1 + np.exp(s)))
    return {"dc_ds": dc_ds}


def check_c():
    """Compares with central differences at numbers drawn at random."""
    s = -1.26
    result = gradient_c(s)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_c(bump(s, None, t))["c"], 1e-4)
    error = worse(error, result["dc_ds"], numeric)
    passed.append(report("dc_ds", error, 1e-6))
    return all(passed)


# A good learning rate


def forward_L(w, x, y):
    """L and what it is computed from.

    w: float
    x: float
    y: float

    Returns a dictionary:
      L = (w*x - y)^2/2  (float)
    """
    L = (w * x - y)**2 / 2
    return {"L": L}


def gradient_L(w, x, y):
    """Derivatives of L.

    w: float
    x: float
    y: float

    Returns a dictionary:
      dL_dw: float
        dL/dw = x*(w*x - y)
    """
    dL_dw = x * (w * x - y)
    return {"dL_dw": dL_dw}


def train_L(w, X, Y, steps, rate):
    """Gradient descent on L, summed over the samples in X, Y.

    Returns a dictionary: w after the steps, and 'losses', the loss before each step.
    """
    losses = []
    for step in range(steps):
        loss = 0.0
        total_w = 0.0
        for x, y in zip(X, Y):
            loss += forward_L(w, x, y)["L"]
            result = gradient_L(w, x, y)
            total_w = total_w + result["dL_dw"]
        w = w - rate * total_w
        losses.append(float(loss))
    return {"w": w, "losses": losses}


def check_L():
    """Compares with central differences at the numbers of the problem, others drawn at random."""
    w = 0.0
    x = -1.26
    y = -1.95
    result = gradient_L(w, x, y)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_L(bump(w, None, t), x, y)["L"], 1e-4)
    error = worse(error, result["dL_dw"], numeric)
    passed.append(report("dL_dw", error, 1e-6))
    w = 0.0
    X = np.array([1.0, 2.0, 3.0])
    Y = np.array([2.1, 3.9, 6.2])
    losses = train_L(w, X, Y, 4, 0.05)["losses"]
    expected = np.array([29.03, 2.631875, 0.25604375, 0.0422189375])
    error = np.abs(np.array(losses) - expected) / np.maximum(1.0, np.abs(expected))
    passed.append(report("losses of train_L", float(np.max(error)), 1e-8,
        "the numbers of the write-up"))
    return all(passed)


# A learning rate that is too large


def train_L_2(w, X, Y, steps, rate):
    """Gradient descent on L, summed over the samples in X, Y.

    Returns a dictionary: w after the steps, and 'losses', the loss before each step.
    """
    losses = []
    for step in range(steps):
        loss = 0.0
        total_w = 0.0
        for x, y in zip(X, Y):
            loss += forward_L(w, x, y)["L"]
            result = gradient_L(w, x, y)
            total_w = total_w + result["dL_dw"]
        w = w - rate * total_w
        losses.append(float(loss))
    return {"w": w, "losses": losses}


def check_L_2():
    """Compares with central differences at the numbers of the problem, others drawn at random."""
    w = 0.0
    x = -1.26
    y = -1.95
    result = gradient_L(w, x, y)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_L(bump(w, None, t), x, y)["L"], 1e-4)
    error = worse(error, result["dL_dw"], numeric)
    passed.append(report("dL_dw", error, 1e-6))
    w = 0.0
    X = np.array([1.0, 2.0, 3.0])
    Y = np.array([2.1, 3.9, 6.2])
    losses = train_L_2(w, X, Y, 4, 0.15)["losses"]
    expected = np.array([29.03, 35.121875, 42.49304375, 51.4121579375])
    error = np.abs(np.array(losses) - expected) / np.maximum(1.0, np.abs(expected))
    passed.append(report("losses of train_L_2", float(np.max(error)), 1e-8,
        "the numbers of the write-up"))
    return all(passed)


# With regularisation


def forward_L_3(w, x, y, lambda_):
    """L and what it is computed from.

    w: float
    x: float
    y: float
    lambda_: float, > 0

    Returns a dictionary:
      L = (w*x - y)^2/2 + lambda/2*w^2  (float)
    """
    L = (w * x - y)**2 / 2 + lambda_ / 2 * w**2
    return {"L": L}


def gradient_L_3(w, x, y, lambda_):
    """Derivatives of L.

    w: float
    x: float
    y: float
    lambda_: float, > 0

    Returns a dictionary:
      dL_dw: float
        dL/dw = w*lambda + x*(w*x - y)
    """
    dL_dw = w * lambda_ + x * (w * x - y)
    return {"dL_dw": dL_dw}


def train_L_3(w, lambda_, X, Y, steps, rate):
    """Gradient descent on L, summed over the samples in X, Y.

    Returns a dictionary: w after the steps, and 'losses', the loss before each step.
    """
    losses = []
    for step in range(steps):
        loss = 0.0
        total_w = 0.0
        for x, y in zip(X, Y):
            loss += forward_L_3(w, x, y, lambda_)["L"]
            result = gradient_L_3(w, x, y, lambda_)
            total_w = total_w + result["dL_dw"]
        w = w - rate * total_w
        losses.append(float(loss))
    return {"w": w, "losses": losses}


def check_L_3():
    """Compares with central differences at the numbers of the problem, others drawn at random."""
    w = 0.0
    x = -1.26
    y = -1.95
    lambda_ = 1.0
    result = gradient_L_3(w, x, y, lambda_)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_L_3(bump(w, None, t), x, y, lambda_)["L"], 1e-4)
    error = worse(error, result["dL_dw"], numeric)
    passed.append(report("dL_dw", error, 1e-6))
    w = 0.0
    lambda_ = 1.0
    X = np.array([1.0, 2.0, 3.0])
    Y = np.array([2.1, 3.9, 6.2])
    losses = train_L_3(w, lambda_, X, Y, 4, 0.05)["losses"]
    expected = np.array([29.03, 5.6778125, 5.15238828125, 5.140566236328125])
    error = np.abs(np.array(losses) - expected) / np.maximum(1.0, np.abs(expected))
    passed.append(report("losses of train_L_3", float(np.max(error)), 1e-8,
        "the numbers of the write-up"))
    return all(passed)


if __name__ == "__main__":
    passed = [check_l(), check_c(), check_L(), check_L_2(), check_L_3()]
    sys.exit(0 if all(passed) else 1)
