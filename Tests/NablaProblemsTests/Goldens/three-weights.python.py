"""A network with three weights: the derivatives as functions.

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


# (a) The three gradients


def forward_L(x, t, w1, w2, w_out, f1, f2, f3):
    """L and what it is computed from.

    x: float
    t: float
    w1: float
    w2: float
    w_out: float
    f1: function of a number or an array
    f2: function of a number or an array
    f3: function of a number or an array

    Returns a dictionary:
      s1 = w1*x  (float)
      z1 = f1(s1)  (float)
      s2 = w2*z1  (float)
      z2 = f2(s2)  (float)
      s_out = w_out*z2  (float)
      y = f3(s_out)  (float)
      L = 1/2*(y - t)^2  (float)
    """
    s1 = w1 * x
    z1 = f1(s1)
    s2 = w2 * z1
    z2 = f2(s2)
    s_out = w_out * z2
    y = f3(s_out)
    L = 1 / 2 * (y - t)**2
    return {"s1": s1, "z1": z1, "s2": s2, "z2": z2, "s_out": s_out, "y": y, "L": L}


def gradient_L(x, t, w1, w2, w_out, f1, f2, f3, f3_prime, f2_prime, f1_prime):
    """Derivatives of L.

    x: float
    t: float
    w1: float
    w2: float
    w_out: float
    f1: function of a number or an array
    f2: function of a number or an array
    f3: function of a number or an array
    f3_prime: function of a number or an array, a derivative of f3
    f2_prime: function of a number or an array, a derivative of f2
    f1_prime: function of a number or an array, a derivative of f1

    Returns a dictionary:
      dL_dw_out: float
        dL/dw_out = (y - t)*f3'(s_out)*z2
      dL_dw2: float
        dL/dw2 = (y - t)*f3'(s_out)*w_out*f2'(s2)*z1
      dL_dw1: float
        dL/dw1 = (y - t)*f3'(s_out)*w_out*f2'(s2)*w2*f1'(s1)*x
    """
    values = forward_L(x, t, w1, w2, w_out, f1, f2, f3)
    s1 = values["s1"]
    z1 = values["z1"]
    s2 = values["s2"]
    z2 = values["z2"]
    s_out = values["s_out"]
    y = values["y"]
    dL_dw_out = (y - t) * f3_prime(s_out) * z2
    dL_dw2 = (y - t) * f3_prime(s_out) * w_out * f2_prime(s2) * z1
    dL_dw1 = (y - t) * f3_prime(s_out) * w_out * f2_prime(s2) * w2 * f1_prime(s1) * x
    return {"dL_dw_out": dL_dw_out, "dL_dw2": dL_dw2, "dL_dw1": dL_dw1}


def check_L():
    """Compares with central differences at numbers drawn at random."""
    x = -1.26
    t = -1.95
    w1 = 1.06
    w2 = -1.79
    w_out = 0.79
    f1 = lambda x: 2.0 + np.sin(0.5 * x)
    f2 = lambda x: 2.0 + np.sin(0.5625 * x)
    f3 = lambda x: 2.0 + np.sin(0.625 * x)
    f3_prime = lambda x: 0.625 * np.sin(0.625 * x + 1.0 * np.pi / 2.0)
    f2_prime = lambda x: 0.5625 * np.sin(0.5625 * x + 1.0 * np.pi / 2.0)
    f1_prime = lambda x: 0.5 * np.sin(0.5 * x + 1.0 * np.pi / 2.0)
    result = gradient_L(x, t, w1, w2, w_out, f1, f2, f3, f3_prime, f2_prime, f1_prime)
    passed = []
    error = 0.0
    numeric = central(lambda t_2: forward_L(x, t, w1, w2, bump(w_out, None, t_2), f1, f2, f3)["L"],
        1e-4)
    error = worse(error, result["dL_dw_out"], numeric)
    passed.append(report("dL_dw_out", error, 1e-6))
    error = 0.0
    numeric = central(lambda t_2: forward_L(x, t, w1, bump(w2, None, t_2), w_out, f1, f2, f3)["L"],
        1e-4)
    error = worse(error, result["dL_dw2"], numeric)
    passed.append(report("dL_dw2", error, 1e-6))
    error = 0.0
    numeric = central(lambda t_2: forward_L(x, t, bump(w1, None, t_2), w2, w_out, f1, f2, f3)["L"],
        1e-4)
    error = worse(error, result["dL_dw1"], numeric)
    passed.append(report("dL_dw1", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
