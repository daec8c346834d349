"""Two layers for regression and classification: the derivatives as functions.

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


def relu(x):
    return np.maximum(x, 0.0)


# The local Jacobians


def forward_s1(x, b1, W1):
    """s1 and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    W1: array of shape (D, N)

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    W1 = array("W1", W1, D, N)
    s1 = W1 @ x + b1
    return {"s1": s1}


def gradient_s1(x, b1, W1):
    """Derivatives of s1.

    x: array of shape (N,)
    b1: array of shape (D,)
    W1: array of shape (D, N)

    Returns a dictionary:
      ds1_db1: shape (D, D), places d, m
        ds1[d]/db1[m] = delta(d, m)
      ds1_dW1: shape (D, D, N), places d, m, n
        ds1[d]/dW1[m,n] = delta(d, m)*x[n]
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    W1 = array("W1", W1, D, N)
    ds1_db1 = np.eye(D)
    ds1_dW1 = np.zeros((D, D, N))
    for d in range(D):
        for m in range(D):
            for n in range(N):
                ds1_dW1[d, m, n] = x[n] if d == m else 0.0
    return {"ds1_db1": ds1_db1, "ds1_dW1": ds1_dW1}


def check_s1():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    W1 = np.array([[-1.04, -1.4, 1.46], [0.41, 1.14, -0.79], [-1.18, 0.37, 1.32],
        [0.98, 0.73, -1.22]])
    result = gradient_s1(x, b1, W1)
    passed = []
    error = 0.0
    for d in range(D):
        for m in range(D):
            numeric = central(lambda t: forward_s1(x, bump(b1, (m,), t), W1)["s1"][d], 1e-4)
            error = worse(error, result["ds1_db1"][d, m], numeric)
    passed.append(report("ds1_db1", error, 1e-6))
    error = 0.0
    for d in range(D):
        for m in range(D):
            for n in range(N):
                numeric = central(lambda t: forward_s1(x, b1, bump(W1, (m, n), t))["s1"][d], 1e-4)
                error = worse(error, result["ds1_dW1"][d, m, n], numeric)
    passed.append(report("ds1_dW1", error, 1e-6))
    return all(passed)


# The local Jacobians


def forward_a1(x, b1, W1, *, s1=None):
    """a1 and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    W1: array of shape (D, N)
    s1: taken as given, if not None, instead of being computed

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
      a1[d] = 5*ReLU(s1[d])  (shape (D,))
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    W1 = array("W1", W1, D, N)
    if s1 is None:
        s1 = W1 @ x + b1
    a1 = 5 * relu(s1)
    return {"s1": s1, "a1": a1}


def gradient_a1(x, b1, W1):
    """Derivatives of a1.

    x: array of shape (N,)
    b1: array of shape (D,)
    W1: array of shape (D, N)

    Returns a dictionary:
      da1_ds1: shape (D, D), places d, m
        da1[d]/ds1[m] = 5*1[s1[d] > 0]*delta(d, m)
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    W1 = array("W1", W1, D, N)
    values = forward_a1(x, b1, W1)
    s1 = values["s1"]
    da1_ds1 = 5 * np.diag((s1 > 0).astype(float))
    return {"da1_ds1": da1_ds1}


def check_a1():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    W1 = np.array([[-1.04, -1.4, 1.46], [0.41, 1.14, -0.79], [-1.18, 0.37, 1.32],
        [0.98, 0.73, -1.22]])
    values = forward_a1(x, b1, W1)
    result = gradient_a1(x, b1, W1)
    passed = []
    error = 0.0
    for d in range(D):
        for m in range(D):
            numeric = central(lambda t: forward_a1(x, b1, W1,
                s1=bump(values["s1"], (m,), t))["a1"][d], 1e-4)
            error = worse(error, result["da1_ds1"][d, m], numeric)
    passed.append(report("da1_ds1", error, 1e-6))
    return all(passed)


# The local Jacobians


def forward_s2(x, b1, b2, W1, W2, *, a1=None):
    """s2 and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)
    a1: taken as given, if not None, instead of being computed

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
      a1[d] = 5*ReLU(s1[d])  (shape (D,))
      s2[i] = sum(d, W2[i,d]*a1[d]) + b2[i]  (shape (K,))
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    s1 = W1 @ x + b1
    if a1 is None:
        a1 = 5 * relu(s1)
    s2 = W2 @ a1 + b2
    return {"s1": s1, "a1": a1, "s2": s2}


def gradient_s2(x, b1, b2, W1, W2):
    """Derivatives of s2.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      ds2_da1: shape (K, D), places i, d
        ds2[i]/da1[d] = W2[i,d]
      ds2_db2: shape (K, K), places i, j
        ds2[i]/db2[j] = delta(i, j)
      ds2_dW2: shape (K, K, D), places i, j, d
        ds2[i]/dW2[j,d] = delta(i, j)*a1[d]
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    values = forward_s2(x, b1, b2, W1, W2)
    a1 = values["a1"]
    ds2_da1 = W2
    ds2_db2 = np.eye(K)
    ds2_dW2 = np.zeros((K, K, D))
    for i in range(K):
        for j in range(K):
            for d in range(D):
                ds2_dW2[i, j, d] = a1[d] if i == j else 0.0
    return {"ds2_da1": ds2_da1, "ds2_db2": ds2_db2, "ds2_dW2": ds2_dW2}


def check_s2():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    K = 2
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    b2 = np.array([-1.04, -1.4])
    W1 = np.array([[1.46, 0.41, 1.14], [-0.79, -1.18, 0.37], [1.32, 0.98, 0.73],
        [-1.22, 1.69, -1.77]])
    W2 = np.array([[0.7, 1.78, 0.85, 1.82], [-0.81, 0.85, -0.97, 1.33]])
    values = forward_s2(x, b1, b2, W1, W2)
    result = gradient_s2(x, b1, b2, W1, W2)
    passed = []
    error = 0.0
    for i in range(K):
        for d in range(D):
            numeric = central(lambda t: forward_s2(x, b1, b2, W1, W2,
                a1=bump(values["a1"], (d,), t))["s2"][i], 1e-4)
            error = worse(error, result["ds2_da1"][i, d], numeric)
    passed.append(report("ds2_da1", error, 1e-6))
    error = 0.0
    for i in range(K):
        for j in range(K):
            numeric = central(lambda t: forward_s2(x, b1, bump(b2, (j,), t), W1, W2)["s2"][i], 1e-4)
            error = worse(error, result["ds2_db2"][i, j], numeric)
    passed.append(report("ds2_db2", error, 1e-6))
    error = 0.0
    for i in range(K):
        for j in range(K):
            for d in range(D):
                numeric = central(lambda t: forward_s2(x, b1, b2, W1, bump(W2, (j, d), t))["s2"][i],
                    1e-4)
                error = worse(error, result["ds2_dW2"][i, j, d], numeric)
    passed.append(report("ds2_dW2", error, 1e-6))
    return all(passed)


# The local Jacobians


def forward_ytilde(x, b1, b2, W1, W2, *, s2=None):
    """ytilde and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)
    s2: taken as given, if not None, instead of being computed

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
      a1[d] = 5*ReLU(s1[d])  (shape (D,))
      s2[i] = sum(d, W2[i,d]*a1[d]) + b2[i]  (shape (K,))
      ytilde[i] = s2[i]  (shape (K,))
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    s1 = W1 @ x + b1
    a1 = 5 * relu(s1)
    if s2 is None:
        s2 = W2 @ a1 + b2
    ytilde = s2
    return {"s1": s1, "a1": a1, "s2": s2, "ytilde": ytilde}


def gradient_ytilde(x, b1, b2, W1, W2):
    """Derivatives of ytilde.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      dytilde_ds2: shape (K, K), places i, j
        dytilde[i]/ds2[j] = delta(i, j)
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    dytilde_ds2 = np.eye(K)
    return {"dytilde_ds2": dytilde_ds2}


def check_ytilde():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    K = 2
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    b2 = np.array([-1.04, -1.4])
    W1 = np.array([[1.46, 0.41, 1.14], [-0.79, -1.18, 0.37], [1.32, 0.98, 0.73],
        [-1.22, 1.69, -1.77]])
    W2 = np.array([[0.7, 1.78, 0.85, 1.82], [-0.81, 0.85, -0.97, 1.33]])
    values = forward_ytilde(x, b1, b2, W1, W2)
    result = gradient_ytilde(x, b1, b2, W1, W2)
    passed = []
    error = 0.0
    for i in range(K):
        for j in range(K):
            numeric = central(lambda t: forward_ytilde(x, b1, b2, W1, W2,
                s2=bump(values["s2"], (j,), t))["ytilde"][i], 1e-4)
            error = worse(error, result["dytilde_ds2"][i, j], numeric)
    passed.append(report("dytilde_ds2", error, 1e-6))
    return all(passed)


# The local Jacobians
# The assembled gradients


def forward_C(x, b1, b2, y, W1, W2, *, ytilde=None):
    """C and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    y: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)
    ytilde: taken as given, if not None, instead of being computed

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
      a1[d] = 5*ReLU(s1[d])  (shape (D,))
      s2[i] = sum(d, W2[i,d]*a1[d]) + b2[i]  (shape (K,))
      ytilde[i] = s2[i]  (shape (K,))
      C = sum(i, (ytilde[i] - y[i])^2)  (float)
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    y = array("y", y, K)
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    s1 = W1 @ x + b1
    a1 = 5 * relu(s1)
    s2 = W2 @ a1 + b2
    if ytilde is None:
        ytilde = s2
    C = np.linalg.norm(ytilde - y)**2
    return {"s1": s1, "a1": a1, "s2": s2, "ytilde": ytilde, "C": C}


def gradient_C(x, b1, b2, y, W1, W2):
    """Derivatives of C.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    y: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      dC_dytilde: shape (K,), places i
        dC/dytilde[i] = 2*(ytilde[i] - y[i])
      dC_dW2: shape (K, D), places i, d
        dC/dW2[i,d] = 2*(ytilde[i] - y[i])*a1[d]
      dC_db2: shape (K,), places i
        dC/db2[i] = 2*(ytilde[i] - y[i])
      dC_dW1: shape (D, N), places d, n
        dC/dW1[d,n] = 10*1[s1[d] > 0]*x[n]*sum(i, W2[i,d]*(ytilde[i] - y[i]))
      dC_db1: shape (D,), places d
        dC/db1[d] = 10*1[s1[d] > 0]*sum(i, W2[i,d]*(ytilde[i] - y[i]))
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    y = array("y", y, K)
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    values = forward_C(x, b1, b2, y, W1, W2)
    s1 = values["s1"]
    a1 = values["a1"]
    ytilde = values["ytilde"]
    part = ytilde - y
    part_2 = 2 * part
    dC_dytilde = part_2
    dC_dW2 = 2 * np.outer(part, a1)
    dC_db2 = part_2
    part_3 = W2.T @ part * (s1 > 0)
    dC_dW1 = 10 * np.outer(part_3, x)
    dC_db1 = 10 * part_3
    return {"dC_dytilde": dC_dytilde, "dC_dW2": dC_dW2, "dC_db2": dC_db2, "dC_dW1": dC_dW1,
        "dC_db1": dC_db1}


def check_C():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    K = 2
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    b2 = np.array([-1.04, -1.4])
    y = np.array([1.46, 0.41])
    W1 = np.array([[1.14, -0.79, -1.18], [0.37, 1.32, 0.98], [0.73, -1.22, 1.69],
        [-1.77, 0.7, 1.78]])
    W2 = np.array([[0.85, 1.82, -0.81, 0.85], [-0.97, 1.33, 1.93, -1.19]])
    values = forward_C(x, b1, b2, y, W1, W2)
    result = gradient_C(x, b1, b2, y, W1, W2)
    passed = []
    error = 0.0
    for i in range(K):
        numeric = central(lambda t: forward_C(x, b1, b2, y, W1, W2,
            ytilde=bump(values["ytilde"], (i,), t))["C"], 1e-4)
        error = worse(error, result["dC_dytilde"][i], numeric)
    passed.append(report("dC_dytilde", error, 1e-6))
    error = 0.0
    for i in range(K):
        for d in range(D):
            numeric = central(lambda t: forward_C(x, b1, b2, y, W1, bump(W2, (i, d), t))["C"], 1e-4)
            error = worse(error, result["dC_dW2"][i, d], numeric)
    passed.append(report("dC_dW2", error, 1e-6))
    error = 0.0
    for i in range(K):
        numeric = central(lambda t: forward_C(x, b1, bump(b2, (i,), t), y, W1, W2)["C"], 1e-4)
        error = worse(error, result["dC_db2"][i], numeric)
    passed.append(report("dC_db2", error, 1e-6))
    error = 0.0
    for d in range(D):
        for n in range(N):
            numeric = central(lambda t: forward_C(x, b1, b2, y, bump(W1, (d, n), t), W2)["C"], 1e-4)
            error = worse(error, result["dC_dW1"][d, n], numeric)
    passed.append(report("dC_dW1", error, 1e-6))
    error = 0.0
    for d in range(D):
        numeric = central(lambda t: forward_C(x, bump(b1, (d,), t), b2, y, W1, W2)["C"], 1e-4)
        error = worse(error, result["dC_db1"][d], numeric)
    passed.append(report("dC_db1", error, 1e-6))
    return all(passed)


# With the squared distance


def forward_C_2(x, b1, b2, y, W1, W2):
    """C and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    y: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
      a1[d] = tanh(s1[d])  (shape (D,))
      s2[i] = sum(d, W2[i,d]*a1[d]) + b2[i]  (shape (K,))
      ytilde[i] = sigmoid(s2[i])  (shape (K,))
      C = sum(i, (ytilde[i] - y[i])^2)  (float)
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    y = array("y", y, K)
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    s1 = W1 @ x + b1
    a1 = np.tanh(s1)
    s2 = W2 @ a1 + b2
    ytilde = sigmoid(s2)
    C = np.linalg.norm(ytilde - y)**2
    return {"s1": s1, "a1": a1, "s2": s2, "ytilde": ytilde, "C": C}


def gradient_C_2(x, b1, b2, y, W1, W2):
    """Derivatives of C.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    y: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      dC_dW2: shape (K, D), places i, d
        dC/dW2[i,d] = 2*(ytilde[i] - y[i])*ytilde[i]*(1 - ytilde[i])*a1[d]
      dC_db2: shape (K,), places i
        dC/db2[i] = 2*(ytilde[i] - y[i])*ytilde[i]*(1 - ytilde[i])
      dC_dW1: shape (D, N), places d, n
        dC/dW1[d,n] = 2*(1 - a1[d]^2)*x[n]*sum(i, (ytilde[i] - y[i])*ytilde[i]*(1 - ytilde[i])*W2[i,d])
      dC_db1: shape (D,), places d
        dC/db1[d] = 2*(1 - a1[d]^2)*sum(i, (ytilde[i] - y[i])*ytilde[i]*(1 - ytilde[i])*W2[i,d])
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    y = array("y", y, K)
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    values = forward_C_2(x, b1, b2, y, W1, W2)
    a1 = values["a1"]
    ytilde = values["ytilde"]
    part = (ytilde - y) * ytilde * (1 - ytilde)
    dC_dW2 = 2 * np.outer(part, a1)
    dC_db2 = 2 * part
    part_2 = W2.T @ part * (1 - a1**2)
    dC_dW1 = 2 * np.outer(part_2, x)
    dC_db1 = 2 * part_2
    return {"dC_dW2": dC_dW2, "dC_db2": dC_db2, "dC_dW1": dC_dW1, "dC_db1": dC_db1}


def check_C_2():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    K = 2
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    b2 = np.array([-1.04, -1.4])
    y = np.array([1.46, 0.41])
    W1 = np.array([[1.14, -0.79, -1.18], [0.37, 1.32, 0.98], [0.73, -1.22, 1.69],
        [-1.77, 0.7, 1.78]])
    W2 = np.array([[0.85, 1.82, -0.81, 0.85], [-0.97, 1.33, 1.93, -1.19]])
    result = gradient_C_2(x, b1, b2, y, W1, W2)
    passed = []
    error = 0.0
    for i in range(K):
        for d in range(D):
            numeric = central(lambda t: forward_C_2(x, b1, b2, y, W1, bump(W2, (i, d), t))["C"],
                1e-4)
            error = worse(error, result["dC_dW2"][i, d], numeric)
    passed.append(report("dC_dW2", error, 1e-6))
    error = 0.0
    for i in range(K):
        numeric = central(lambda t: forward_C_2(x, b1, bump(b2, (i,), t), y, W1, W2)["C"], 1e-4)
        error = worse(error, result["dC_db2"][i], numeric)
    passed.append(report("dC_db2", error, 1e-6))
    error = 0.0
    for d in range(D):
        for n in range(N):
            numeric = central(lambda t: forward_C_2(x, b1, b2, y, bump(W1, (d, n), t), W2)["C"],
                1e-4)
            error = worse(error, result["dC_dW1"][d, n], numeric)
    passed.append(report("dC_dW1", error, 1e-6))
    error = 0.0
    for d in range(D):
        numeric = central(lambda t: forward_C_2(x, bump(b1, (d,), t), b2, y, W1, W2)["C"], 1e-4)
        error = worse(error, result["dC_db1"][d], numeric)
    passed.append(report("dC_db1", error, 1e-6))
    return all(passed)


# With binary cross-entropy


def forward_C_3(x, b1, b2, y, W1, W2):
    """C and what it is computed from.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    y: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      s1[d] = sum(n, W1[d,n]*x[n]) + b1[d]  (shape (D,))
      a1[d] = tanh(s1[d])  (shape (D,))
      s2[i] = sum(d, W2[i,d]*a1[d]) + b2[i]  (shape (K,))
      ytilde[i] = sigmoid(s2[i])  (shape (K,))
      C = -sum(i, y[i]*log(ytilde[i]) + (1 - y[i])*log(1 - ytilde[i]))/K  (float)
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    y = array("y", y, K)
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    s1 = W1 @ x + b1
    a1 = np.tanh(s1)
    s2 = W2 @ a1 + b2
    ytilde = sigmoid(s2)
    C = -(np.sum(y * np.log(ytilde) + (1 - y) * np.log(1 - ytilde)) / K)
    return {"s1": s1, "a1": a1, "s2": s2, "ytilde": ytilde, "C": C}


def gradient_C_3(x, b1, b2, y, W1, W2):
    """Derivatives of C.

    x: array of shape (N,)
    b1: array of shape (D,)
    b2: array of shape (K,)
    y: array of shape (K,)
    W1: array of shape (D, N)
    W2: array of shape (K, D)

    Returns a dictionary:
      dC_dW2: shape (K, D), places i, d
        dC/dW2[i,d] = a1[d]*(ytilde[i] - y[i])/K
      dC_db2: shape (K,), places i
        dC/db2[i] = (ytilde[i] - y[i])/K
      dC_dW1: shape (D, N), places d, n
        dC/dW1[d,n] = x[n]*(a1[d]^2 - 1)*sum(i, W2[i,d]*(y[i] - ytilde[i]))/K
      dC_db1: shape (D,), places d
        dC/db1[d] = (a1[d]^2 - 1)*sum(i, W2[i,d]*(y[i] - ytilde[i]))/K
    """
    x = array("x", x, None)
    N = x.shape[0]
    b1 = array("b1", b1, None)
    D = b1.shape[0]
    b2 = array("b2", b2, None)
    K = b2.shape[0]
    y = array("y", y, K)
    W1 = array("W1", W1, D, N)
    W2 = array("W2", W2, K, D)
    values = forward_C_3(x, b1, b2, y, W1, W2)
    a1 = values["a1"]
    ytilde = values["ytilde"]
    part = ytilde - y
    dC_dW2 = np.outer(part, a1) / K
    dC_db2 = part / K
    part_2 = W2.T @ part * (1 - a1**2)
    dC_dW1 = np.outer(part_2, x) / K
    dC_db1 = part_2 / K
    return {"dC_dW2": dC_dW2, "dC_db2": dC_db2, "dC_dW1": dC_dW1, "dC_db1": dC_db1}


def check_C_3():
    """Compares with central differences at numbers drawn at random."""
    N = 3
    D = 4
    K = 2
    x = np.array([-1.26, -1.95, 1.06])
    b1 = np.array([-1.79, 0.79, 0.99, 1.07])
    b2 = np.array([-1.04, -1.4])
    y = np.array([1.46, 0.41])
    W1 = np.array([[1.14, -0.79, -1.18], [0.37, 1.32, 0.98], [0.73, -1.22, 1.69],
        [-1.77, 0.7, 1.78]])
    W2 = np.array([[0.85, 1.82, -0.81, 0.85], [-0.97, 1.33, 1.93, -1.19]])
    result = gradient_C_3(x, b1, b2, y, W1, W2)
    passed = []
    error = 0.0
    for i in range(K):
        for d in range(D):
            numeric = central(lambda t: forward_C_3(x, b1, b2, y, W1, bump(W2, (i, d), t))["C"],
                1e-4)
            error = worse(error, result["dC_dW2"][i, d], numeric)
    passed.append(report("dC_dW2", error, 1e-6))
    error = 0.0
    for i in range(K):
        numeric = central(lambda t: forward_C_3(x, b1, bump(b2, (i,), t), y, W1, W2)["C"], 1e-4)
        error = worse(error, result["dC_db2"][i], numeric)
    passed.append(report("dC_db2", error, 1e-6))
    error = 0.0
    for d in range(D):
        for n in range(N):
            numeric = central(lambda t: forward_C_3(x, b1, b2, y, bump(W1, (d, n), t), W2)["C"],
                1e-4)
            error = worse(error, result["dC_dW1"][d, n], numeric)
    passed.append(report("dC_dW1", error, 1e-6))
    error = 0.0
    for d in range(D):
        numeric = central(lambda t: forward_C_3(x, bump(b1, (d,), t), b2, y, W1, W2)["C"], 1e-4)
        error = worse(error, result["dC_db1"][d], numeric)
    passed.append(report("dC_db1", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_s1(), check_a1(), check_s2(), check_ytilde(), check_C(), check_C_2(),
        check_C_3()]
    sys.exit(0 if all(passed) else 1)
