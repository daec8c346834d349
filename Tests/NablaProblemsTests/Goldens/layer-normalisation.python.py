"""Layer normalisation: the derivatives as functions.

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


# The gradients


def forward_L(x, gamma, beta, g, epsilon):
    """L and what it is computed from.

    x: array of shape (D,)
    gamma: array of shape (D,)
    beta: array of shape (D,)
    g: array of shape (D,)
    epsilon: float, > 0

    Returns a dictionary:
      mu = sum(i, x[i])/D  (float)
      v = sum(i, (x[i] - mu)^2)/D  (float)
      s = sqrt(v + epsilon)  (float)
      xhat[i] = (x[i] - mu)/s  (shape (D,))
      y[i] = gamma[i]*xhat[i] + beta[i]  (shape (D,))
      L = sum(i, g[i]*y[i])  (float)
    """
    x = array("x", x, None)
    D = x.shape[0]
    gamma = array("gamma", gamma, D)
    beta = array("beta", beta, D)
    g = array("g", g, D)
    mu = np.sum(x) / D
    v = np.sum((x + -mu)**2) / D
    s = np.sqrt(v + epsilon)
    xhat = (x + -mu) / s
    y = gamma * xhat + beta
    L = g @ y
    return {"mu": mu, "v": v, "s": s, "xhat": xhat, "y": y, "L": L}


def gradient_L(x, gamma, beta, g, epsilon):
    """Derivatives of L.

    x: array of shape (D,)
    gamma: array of shape (D,)
    beta: array of shape (D,)
    g: array of shape (D,)
    epsilon: float, > 0

    Returns a dictionary:
      dL_dbeta: shape (D,), places i
        dL/dbeta[i] = g[i]
      dL_dgamma: shape (D,), places i
        dL/dgamma[i] = g[i]*xhat[i]
      dL_dx: shape (D,), places i
        dL/dx[i] = (D*gamma[i]*g[i] - xhat[i]*sum(j, gamma[j]*g[j]*xhat[j]) - sum(j, gamma[j]*g[j]))/(D*s)
    """
    x = array("x", x, None)
    D = x.shape[0]
    gamma = array("gamma", gamma, D)
    beta = array("beta", beta, D)
    g = array("g", g, D)
    values = forward_L(x, gamma, beta, g, epsilon)
    s = values["s"]
    xhat = values["xhat"]
    dL_dbeta = g
    part = g * xhat
    dL_dgamma = part
    dL_dx = (D * (gamma * g) - gamma @ part * xhat - gamma @ g) / (D * s)
    return {"dL_dbeta": dL_dbeta, "dL_dgamma": dL_dgamma, "dL_dx": dL_dx}


def check_L():
    """Compares with central differences at numbers drawn at random."""
    D = 3
    x = np.array([-1.26, -1.95, 1.06])
    gamma = np.array([-1.79, 0.79, 0.99])
    beta = np.array([1.07, -1.04, -1.4])
    g = np.array([1.46, 0.41, 1.14])
    epsilon = 0.79
    result = gradient_L(x, gamma, beta, g, epsilon)
    passed = []
    error = 0.0
    for i in range(D):
        numeric = central(lambda t: forward_L(x, gamma, bump(beta, (i,), t), g, epsilon)["L"], 1e-4)
        error = worse(error, result["dL_dbeta"][i], numeric)
    passed.append(report("dL_dbeta", error, 1e-6))
    error = 0.0
    for i in range(D):
        numeric = central(lambda t: forward_L(x, bump(gamma, (i,), t), beta, g, epsilon)["L"], 1e-4)
        error = worse(error, result["dL_dgamma"][i], numeric)
    passed.append(report("dL_dgamma", error, 1e-6))
    error = 0.0
    for i in range(D):
        numeric = central(lambda t: forward_L(bump(x, (i,), t), gamma, beta, g, epsilon)["L"], 1e-4)
        error = worse(error, result["dL_dx"][i], numeric)
    passed.append(report("dL_dx", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
