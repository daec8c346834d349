"""Sigmoid, tanh and binary cross-entropy: the derivatives as functions.

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


# (a) Two activation functions


def forward_value(x):
    """value and what it is computed from.

    x: float

    Returns a dictionary:
      value = s(x)  (float)
    """
    value = 1 / (1 + np.exp(-x))
    return {"value": value}


def gradient_value(x):
    """Derivatives of value.

    x: float

    Returns a dictionary:
      dvalue_dx: float
        diff(s(x), x) = s(x)*(1 - s(x))
    """
    dvalue_dx = 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))
    return {"dvalue_dx": dvalue_dx}


def check_value():
    """Compares with central differences at numbers drawn at random."""
    x = -1.26
    result = gradient_value(x)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_value(bump(x, None, t))["value"], 1e-4)
    error = worse(error, result["dvalue_dx"], numeric)
    passed.append(report("dvalue_dx", error, 1e-6))
    return all(passed)


# (a) Two activation functions


def forward_value_2(x):
    """value and what it is computed from.

    x: float

    Returns a dictionary:
      value = t(x)  (float)
    """
    value = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return {"value": value}


def gradient_value_2(x):
    """Derivatives of value.

    x: float

    Returns a dictionary:
      dvalue_dx: float
        diff(t(x), x) = 1 - t(x)^2
    """
    dvalue_dx = 1 - ((np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)))**2
    return {"dvalue_dx": dvalue_dx}


def check_value_2():
    """Compares with central differences at numbers drawn at random."""
    x = -1.26
    result = gradient_value_2(x)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_value_2(bump(x, None, t))["value"], 1e-4)
    error = worse(error, result["dvalue_dx"], numeric)
    passed.append(report("dvalue_dx", error, 1e-6))
    return all(passed)


# (b) Binary cross-entropy over K outputs


def forward_loss(z, y, *, yhat=None):
    """loss_ and what it is computed from.

    z: array of shape (K,)
    y: array of shape (K,), >= 0, <= 1
    yhat: taken as given, if not None, instead of being computed

    Returns a dictionary:
      yhat[i] = sigmoid(z[i])  (shape (K,))
      loss_ = -1/K*sum(i, y[i]*log(yhat[i]) + (1 - y[i])*log(1 - yhat[i]))  (float)
    """
    z = array("z", z, None)
    K = z.shape[0]
    y = array("y", y, K)
    if yhat is None:
        yhat = sigmoid(z)
    loss_ = -(1 / K * np.sum(y * np.log(yhat) + (1 - y) * np.log(1 - yhat)))
    return {"yhat": yhat, "loss_": loss_}


def gradient_loss(z, y):
    """Derivatives of loss_.

    z: array of shape (K,)
    y: array of shape (K,), >= 0, <= 1

    Returns a dictionary:
      dloss_dyhat: shape (K,), places i
        dloss/dyhat[i] = (yhat[i] - y[i])/(K*yhat[i]*(1 - yhat[i]))
      dloss_dz: shape (K,), places i
        dloss/dz[i] = (yhat[i] - y[i])/K
    """
    z = array("z", z, None)
    K = z.shape[0]
    y = array("y", y, K)
    values = forward_loss(z, y)
    yhat = values["yhat"]
    part = yhat - y
    dloss_dyhat = part / (yhat * (1 - yhat)) / K
    dloss_dz = part / K
    return {"dloss_dyhat": dloss_dyhat, "dloss_dz": dloss_dz}


def check_loss():
    """Compares with central differences at numbers drawn at random."""
    K = 3
    z = np.array([-1.26, -1.95, 1.06])
    y = np.array([0.52, 0.76, 0.59])
    values = forward_loss(z, y)
    result = gradient_loss(z, y)
    passed = []
    error = 0.0
    for i in range(K):
        numeric = central(lambda t: forward_loss(z, y, yhat=bump(values["yhat"], (i,), t))["loss_"],
            1e-4)
        error = worse(error, result["dloss_dyhat"][i], numeric)
    passed.append(report("dloss_dyhat", error, 1e-6))
    error = 0.0
    for i in range(K):
        numeric = central(lambda t: forward_loss(bump(z, (i,), t), y)["loss_"], 1e-4)
        error = worse(error, result["dloss_dz"][i], numeric)
    passed.append(report("dloss_dz", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_value(), check_value_2(), check_loss()]
    sys.exit(0 if all(passed) else 1)
