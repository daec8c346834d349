"""The log-likelihood of a Gaussian: the derivatives as functions.

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


# With every entry of Σ an unknown of its own


def forward_l(X, Sigma, mu):
    """l and what it is computed from.

    X: array of shape (N, D)
    Sigma: array of shape (D, D)
    mu: array of shape (D,)

    Returns a dictionary:
      R[n, i] = X[n,i] - mu[i]  (shape (N, D))
      l = -N/2*log(det(Sigma)) - sum(n, sum(k = 1..D, m = 1..D, R[n,k]*inv(Sigma)[k,m]*R[n,m]))/2  (float)
    """
    X = array("X", X, None, None)
    N, D = X.shape
    Sigma = array("Sigma", Sigma, D, D)
    mu = array("mu", mu, D)
    R = X - mu
    l = -N / 2 * np.log(np.linalg.det(Sigma)) - np.trace(R @ np.linalg.inv(Sigma) @ R.T) / 2
    return {"R": R, "l": l}


def gradient_l(X, Sigma, mu):
    """Derivatives of l.

    X: array of shape (N, D)
    Sigma: array of shape (D, D)
    mu: array of shape (D,)

    Returns a dictionary:
      dl_dmu: shape (D,), places i
        dl/dmu[i] = sum(k = 1..D, inv(Sigma)[i,k]*sum(n, R[n,k]))/2 + sum(k = 1..D, inv(Sigma)[k,i]*sum(n, R[n,k]))/2
      dl_dSigma: shape (D, D), places i, j
        dl/dSigma[i,j] = sum(n, sum(k = 1..D, R[n,k]*inv(Sigma)[j,k])*sum(k = 1..D, R[n,k]*inv(Sigma)[k,i]))/2 - N*inv(Sigma)[j,i]/2
    """
    X = array("X", X, None, None)
    N, D = X.shape
    Sigma = array("Sigma", Sigma, D, D)
    mu = array("mu", mu, D)
    values = forward_l(X, Sigma, mu)
    R = values["R"]
    Sigma_inverse = np.linalg.inv(Sigma)
    dl_dmu = np.sum((Sigma_inverse + Sigma_inverse.T) @ R.T, axis=1) / 2
    dl_dSigma = (Sigma_inverse @ R.T @ R @ Sigma_inverse - N * Sigma_inverse).T / 2
    return {"dl_dmu": dl_dmu, "dl_dSigma": dl_dSigma}


def check_l():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    X = np.array([[0.05, -0.66, -0.3, -0.78], [-0.38, 0.41, -0.07, -0.33],
        [-0.15, 0.84, -0.31, 0.15]])
    Sigma = np.array([[0.63, -0.76, 0.3, 0.31], [0.79, 0.18, -0.13, -0.37],
        [0.16, -0.41, -0.1, -0.89], [-0.18, -0.22, 0.6, 0.67]])
    mu = np.array([-0.08, -0.11, -0.33, -0.56])
    result = gradient_l(X, Sigma, mu)
    passed = []
    error = 0.0
    for i in range(D):
        numeric = central(lambda t: forward_l(X, Sigma, bump(mu, (i,), t))["l"], 1e-4)
        error = worse(error, result["dl_dmu"][i], numeric)
    passed.append(report("dl_dmu", error, 1e-6))
    error = 0.0
    for i in range(D):
        for j in range(D):
            numeric = central(lambda t: forward_l(X, bump(Sigma, (i, j), t), mu)["l"], 1e-4)
            error = worse(error, result["dl_dSigma"][i, j], numeric)
    passed.append(report("dl_dSigma", error, 1e-6))
    return all(passed)


# With Σ symmetric


def forward_l_2(X, mu, Sigma):
    """l and what it is computed from.

    X: array of shape (N, D)
    mu: array of shape (D,)
    Sigma: array of shape (D, D), symmetric: entries on either side of the diagonal are one unknown

    Returns a dictionary:
      R[n, i] = X[n,i] - mu[i]  (shape (N, D))
      l = -N/2*log(det(Sigma)) - sum(n, sum(k = 1..D, m = 1..D, R[n,k]*inv(Sigma)[k,m]*R[n,m]))/2  (float)
    """
    X = array("X", X, None, None)
    N, D = X.shape
    mu = array("mu", mu, D)
    Sigma = array("Sigma", Sigma, D, D)
    R = X - mu
    l = -N / 2 * np.log(np.linalg.det(Sigma)) - np.trace(R @ np.linalg.inv(Sigma) @ R.T) / 2
    return {"R": R, "l": l}


def gradient_l_2(X, mu, Sigma):
    """Derivatives of l.

    X: array of shape (N, D)
    mu: array of shape (D,)
    Sigma: array of shape (D, D), symmetric: entries on either side of the diagonal are one unknown

    Returns a dictionary:
      dl_dmu: shape (D,), places i
        dl/dmu[i] = sum(k = 1..D, inv(Sigma)[i,k]*sum(n, R[n,k]))
      dl_dSigma: shape (D, D), places i, j
        dl/dSigma[i,j]
    """
    X = array("X", X, None, None)
    N, D = X.shape
    mu = array("mu", mu, D)
    Sigma = array("Sigma", Sigma, D, D)
    values = forward_l_2(X, mu, Sigma)
    R = values["R"]
    Sigma_inverse = np.linalg.inv(Sigma)
    dl_dmu = np.sum(Sigma_inverse @ R.T, axis=1)
    dl_dSigma = (Sigma_inverse @ R.T @ R @ Sigma_inverse + N / 2 * np.diag(np.diag(Sigma_inverse))
        - N * Sigma_inverse
        - np.diag(np.sum(R.T @ R @ Sigma_inverse.T * Sigma_inverse, axis=0)) / 2)
    return {"dl_dmu": dl_dmu, "dl_dSigma": dl_dSigma}


def check_l_2():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    X = np.array([[-1.26, -1.95, 1.06, -1.79], [0.79, 0.99, 1.07, -1.04], [-1.4, 1.46, 0.41, 1.14]])
    mu = np.array([-0.79, -1.18, 0.37, 1.32])
    Sigma = np.array([[0.98, 0.73, -1.22, 1.69], [0.73, -1.77, 0.7, 1.78],
        [-1.22, 0.7, 0.85, 1.82], [1.69, 1.78, 1.82, -0.81]])
    result = gradient_l_2(X, mu, Sigma)
    passed = []
    error = 0.0
    for i in range(D):
        numeric = central(lambda t: forward_l_2(X, bump(mu, (i,), t), Sigma)["l"], 1e-4)
        error = worse(error, result["dl_dmu"][i], numeric)
    passed.append(report("dl_dmu", error, 1e-6))
    error = 0.0
    for i in range(D):
        for j in range(D):
            numeric = central(lambda t: forward_l_2(X, mu,
                bump(Sigma, (i, j), t, symmetric=True))["l"], 1e-4)
            error = worse(error, result["dl_dSigma"][i, j], numeric)
    passed.append(report("dl_dSigma", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_l(), check_l_2()]
    sys.exit(0 if all(passed) else 1)
