"""Scaled dot-product attention: the derivatives as functions.

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


# Backpropagation


def forward_L(Q, K, V, G):
    """L and what it is computed from.

    Q: array of shape (N, D)
    K: array of shape (M, D)
    V: array of shape (M, E)
    G: array of shape (N, E)

    Returns a dictionary:
      S[n, m] = sum(k = 1..D, Q[n,k]*K[m,k])/sqrt(D)  (shape (N, M))
      A[n, m] = exp(S[n,m])/sum(k, exp(S[n,k]))  (shape (N, M))
      O[n, i] = sum(m, A[n,m]*V[m,i])  (shape (N, E))
      L = sum(n, sum(k = 1..E, G[n,k]*O[n,k]))  (float)
    """
    Q = array("Q", Q, None, None)
    N, D = Q.shape
    K = array("K", K, None, D)
    M = K.shape[0]
    V = array("V", V, M, None)
    E = V.shape[1]
    G = array("G", G, N, E)
    S = Q @ K.T / np.sqrt(D)
    A = softmax(S)
    O = A @ V
    L = np.sum(G * O)
    return {"S": S, "A": A, "O": O, "L": L}


def gradient_L(Q, K, V, G):
    """Derivatives of L.

    Q: array of shape (N, D)
    K: array of shape (M, D)
    V: array of shape (M, E)
    G: array of shape (N, E)

    Returns a dictionary:
      dL_dV: shape (M, E), places m, i
        dL/dV[m,i] = sum(n, G[n,i]*A[n,m])
      dL_dQ: shape (N, D), places n, i
        dL/dQ[n,i] = sum(m, K[m,i]*A[n,m]*sum(k = 1..E, G[n,k]*(V[m,k] - O[n,k])))/sqrt(D)
      dL_dK: shape (M, D), places m, i
        dL/dK[m,i] = sum(n, Q[n,i]*A[n,m]*sum(k = 1..E, G[n,k]*(V[m,k] - O[n,k])))/sqrt(D)
    """
    Q = array("Q", Q, None, None)
    N, D = Q.shape
    K = array("K", K, None, D)
    M = K.shape[0]
    V = array("V", V, M, None)
    E = V.shape[1]
    G = array("G", G, N, E)
    values = forward_L(Q, K, V, G)
    A = values["A"]
    O = values["O"]
    dL_dV = A.T @ G
    part = (G @ V.T - np.sum(G * O, axis=1, keepdims=True)) * A
    dL_dQ = part @ K / np.sqrt(D)
    dL_dK = part.T @ Q / np.sqrt(D)
    return {"dL_dV": dL_dV, "dL_dQ": dL_dQ, "dL_dK": dL_dK}


def check_L():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    M = 2
    E = 5
    Q = np.array([[-1.26, -1.95, 1.06, -1.79], [0.79, 0.99, 1.07, -1.04], [-1.4, 1.46, 0.41, 1.14]])
    K = np.array([[-0.79, -1.18, 0.37, 1.32], [0.98, 0.73, -1.22, 1.69]])
    V = np.array([[-1.77, 0.7, 1.78, 0.85, 1.82], [-0.81, 0.85, -0.97, 1.33, 1.93]])
    G = np.array([[-1.19, -1.58, 1.52, -0.36, -1.27], [-0.57, -1.95, -1.26, 1.36, -1.67],
        [-1.4, 1.02, -1.46, 1.58, 0.6]])
    result = gradient_L(Q, K, V, G)
    passed = []
    error = 0.0
    for m in range(M):
        for i in range(E):
            numeric = central(lambda t: forward_L(Q, K, bump(V, (m, i), t), G)["L"], 1e-4)
            error = worse(error, result["dL_dV"][m, i], numeric)
    passed.append(report("dL_dV", error, 1e-6))
    error = 0.0
    for n in range(N):
        for i in range(D):
            numeric = central(lambda t: forward_L(bump(Q, (n, i), t), K, V, G)["L"], 1e-4)
            error = worse(error, result["dL_dQ"][n, i], numeric)
    passed.append(report("dL_dQ", error, 1e-6))
    error = 0.0
    for m in range(M):
        for i in range(D):
            numeric = central(lambda t: forward_L(Q, bump(K, (m, i), t), V, G)["L"], 1e-4)
            error = worse(error, result["dL_dK"][m, i], numeric)
    passed.append(report("dL_dK", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
