"""A hidden layer and softmax on a batch: the derivatives as functions.

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


def relu(x):
    return np.maximum(x, 0.0)


# The gradients


def forward_L(X, W1, W2, Y, b1, b2, lambda_):
    """L and what it is computed from.

    X: array of shape (N, D)
    W1: array of shape (D, H)
    W2: array of shape (H, C)
    Y: array of shape (N, C), one-hot
    b1: array of shape (H,)
    b2: array of shape (C,)
    lambda_: float

    Returns a dictionary:
      Z1[n, h] = sum(k = 1..D, X[n,k]*W1[k,h]) + b1[h]  (shape (N, H))
      X1[n, h] = ReLU(Z1[n,h])  (shape (N, H))
      S[n, c] = sum(h, X1[n,h]*W2[h,c]) + b2[c]  (shape (N, C))
      P[n, c] = exp(S[n,c])/sum(k = 1..C, exp(S[n,k]))  (shape (N, C))
      L = -sum(n, c, Y[n,c]*log(P[n,c]))/N + lambda/2*(sum(k = 1..D, sum(h, W1[k,h]^2)) + sum(h, c, W2[h,c]^2))  (float)
    """
    X = array("X", X, None, None)
    N, D = X.shape
    W1 = array("W1", W1, D, None)
    H = W1.shape[1]
    W2 = array("W2", W2, H, None)
    C = W2.shape[1]
    Y = array("Y", Y, N, C)
    b1 = array("b1", b1, H)
    b2 = array("b2", b2, C)
    Z1 = X @ W1 + b1
    X1 = relu(Z1)
    S = X1 @ W2 + b2
    P = softmax(S)
    L = -np.sum(Y * np.log(P)) / N + lambda_ / 2 * (np.linalg.norm(W1)**2 + np.linalg.norm(W2)**2)
    return {"Z1": Z1, "X1": X1, "S": S, "P": P, "L": L}


def gradient_L(X, W1, W2, Y, b1, b2, lambda_):
    """Derivatives of L.

    X: array of shape (N, D)
    W1: array of shape (D, H)
    W2: array of shape (H, C)
    Y: array of shape (N, C), one-hot
    b1: array of shape (H,)
    b2: array of shape (C,)
    lambda_: float

    Returns a dictionary:
      dL_dW2: shape (H, C), places h, c
        dL/dW2[h,c] = W2[h,c]*lambda + sum(n, X1[n,h]*(P[n,c] - Y[n,c]))/N
      dL_db2: shape (C,), places c
        dL/db2[c] = sum(n, (P[n,c] - Y[n,c])/N)
      dL_dW1: shape (D, H), places i, h
        dL/dW1[i,h] = W1[i,h]*lambda + sum(n, 1[Z1[n,h] > 0]*X[n,i]*sum(c, W2[h,c]*(P[n,c] - Y[n,c])))/N
      dL_db1: shape (H,), places h
        dL/db1[h] = sum(n, 1[Z1[n,h] > 0]*sum(c, W2[h,c]*(P[n,c] - Y[n,c]))/N)
    """
    X = array("X", X, None, None)
    N, D = X.shape
    W1 = array("W1", W1, D, None)
    H = W1.shape[1]
    W2 = array("W2", W2, H, None)
    C = W2.shape[1]
    Y = array("Y", Y, N, C)
    b1 = array("b1", b1, H)
    b2 = array("b2", b2, C)
    values = forward_L(X, W1, W2, Y, b1, b2, lambda_)
    Z1 = values["Z1"]
    X1 = values["X1"]
    P = values["P"]
    part = P - Y
    dL_dW2 = X1.T @ part / N + lambda_ * W2
    dL_db2 = np.sum(part, axis=0) / N
    part_2 = part @ W2.T * (Z1 > 0)
    dL_dW1 = X.T @ part_2 / N + lambda_ * W1
    dL_db1 = np.sum(part_2, axis=0) / N
    return {"dL_dW2": dL_dW2, "dL_db2": dL_db2, "dL_dW1": dL_dW1, "dL_db1": dL_db1}


def check_L():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    H = 2
    C = 5
    X = np.array([[-1.06, -1.6, 1.19, -1.65], [1.33, 1.2, -0.58, 1.69], [1.8, -0.44, -0.51, -0.38]])
    W1 = np.array([[-1.51, 2.0], [-1.3, -1.05], [-1.2, 1.57], [1.44, -1.5]])
    W2 = np.array([[-1.42, 1.73, -0.57, 1.85, 0.52], [-1.9, -0.45, 0.56, 1.79, 0.42]])
    Y = np.array([[1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, 0.0]])
    b1 = np.array([1.21, -0.78])
    b2 = np.array([-0.34, -0.5, -1.7, 1.47, -1.1])
    lambda_ = -1.76
    result = gradient_L(X, W1, W2, Y, b1, b2, lambda_)
    passed = []
    error = 0.0
    for h in range(H):
        for c in range(C):
            numeric = central(lambda t: forward_L(X, W1, bump(W2, (h, c), t), Y, b1, b2,
                lambda_)["L"], 1e-4)
            error = worse(error, result["dL_dW2"][h, c], numeric)
    passed.append(report("dL_dW2", error, 1e-6))
    error = 0.0
    for c in range(C):
        numeric = central(lambda t: forward_L(X, W1, W2, Y, b1, bump(b2, (c,), t), lambda_)["L"],
            1e-4)
        error = worse(error, result["dL_db2"][c], numeric)
    passed.append(report("dL_db2", error, 1e-6))
    error = 0.0
    for i in range(D):
        for h in range(H):
            numeric = central(lambda t: forward_L(X, bump(W1, (i, h), t), W2, Y, b1, b2,
                lambda_)["L"], 1e-4)
            error = worse(error, result["dL_dW1"][i, h], numeric)
    passed.append(report("dL_dW1", error, 1e-6))
    error = 0.0
    for h in range(H):
        numeric = central(lambda t: forward_L(X, W1, W2, Y, bump(b1, (h,), t), b2, lambda_)["L"],
            1e-4)
        error = worse(error, result["dL_db1"][h], numeric)
    passed.append(report("dL_db1", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
