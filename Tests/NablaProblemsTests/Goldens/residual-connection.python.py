"""Residual connection: the derivatives as functions.

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


# (b) Backward pass


def forward_z(x0, w0, b0, w1, b1):
    """z and what it is computed from.

    x0: float
    w0: float
    b0: float
    w1: float
    b1: float

    Returns a dictionary:
      x1 = ReLU(x0*w0 + b0)  (float)
      y1 = x1*w1 + b1  (float)
      z = ReLU(y1 + x0)  (float)
    """
    x1 = relu(x0 * w0 + b0)
    y1 = x1 * w1 + b1
    z = relu(y1 + x0)
    return {"x1": x1, "y1": y1, "z": z}


def gradient_z(x0, w0, b0, w1, b1):
    """Derivatives of z.

    x0: float
    w0: float
    b0: float
    w1: float
    b1: float

    Returns a dictionary:
      dz_dw0: float
        dz/dw0 = 1[y1 + x0 > 0]*w1*1[x0*w0 + b0 > 0]*x0
      dz_dw1: float
        dz/dw1 = 1[y1 + x0 > 0]*x1
      dz_db0: float
        dz/db0 = 1[y1 + x0 > 0]*w1*1[x0*w0 + b0 > 0]
      dz_db1: float
        dz/db1 = 1[y1 + x0 > 0]
    """
    values = forward_z(x0, w0, b0, w1, b1)
    x1 = values["x1"]
    y1 = values["y1"]
    dz_dw0 = w1 * x0 if y1 + x0 > 0 and x0 * w0 + b0 > 0 else 0.0
    dz_dw1 = x1 if y1 + x0 > 0 else 0.0
    dz_db0 = w1 if y1 + x0 > 0 and x0 * w0 + b0 > 0 else 0.0
    dz_db1 = 1.0 if y1 + x0 > 0 else 0.0
    return {"dz_dw0": dz_dw0, "dz_dw1": dz_dw1, "dz_db0": dz_db0, "dz_db1": dz_db1}


def check_z():
    """Compares with central differences at the numbers of the problem."""
    x0 = 1.0
    w0 = 0.3
    b0 = 0.1
    w1 = -0.2
    b1 = -0.3
    result = gradient_z(x0, w0, b0, w1, b1)
    passed = []
    error = 0.0
    numeric = central(lambda t: forward_z(x0, bump(w0, None, t), b0, w1, b1)["z"], 1e-4)
    error = worse(error, result["dz_dw0"], numeric)
    passed.append(report("dz_dw0", error, 1e-6))
    expected = np.array(-0.2)
    error = np.abs(result["dz_dw0"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dz_dw0", error, 1e-8, "the numbers of the write-up"))
    error = 0.0
    numeric = central(lambda t: forward_z(x0, w0, b0, bump(w1, None, t), b1)["z"], 1e-4)
    error = worse(error, result["dz_dw1"], numeric)
    passed.append(report("dz_dw1", error, 1e-6))
    expected = np.array(0.4)
    error = np.abs(result["dz_dw1"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dz_dw1", error, 1e-8, "the numbers of the write-up"))
    error = 0.0
    numeric = central(lambda t: forward_z(x0, w0, bump(b0, None, t), w1, b1)["z"], 1e-4)
    error = worse(error, result["dz_db0"], numeric)
    passed.append(report("dz_db0", error, 1e-6))
    expected = np.array(-0.2)
    error = np.abs(result["dz_db0"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dz_db0", error, 1e-8, "the numbers of the write-up"))
    error = 0.0
    numeric = central(lambda t: forward_z(x0, w0, b0, w1, bump(b1, None, t))["z"], 1e-4)
    error = worse(error, result["dz_db1"], numeric)
    passed.append(report("dz_db1", error, 1e-6))
    expected = np.array(1.0)
    error = np.abs(result["dz_db1"] - expected) / np.maximum(1.0, np.abs(expected))
    error = float(np.max(error))
    passed.append(report("dz_db1", error, 1e-8, "the numbers of the write-up"))
    return all(passed)


if __name__ == "__main__":
    passed = [check_z()]
    sys.exit(0 if all(passed) else 1)
