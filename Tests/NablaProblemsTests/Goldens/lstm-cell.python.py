"""One step of an LSTM cell: the derivatives as functions.

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


# The gradients


def forward_L(x, h0, c0, g, q, Wi, Wf, Wo, Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz):
    """L and what it is computed from.

    x: array of shape (D,)
    h0: array of shape (H,)
    c0: array of shape (H,)
    g: array of shape (H,)
    q: array of shape (H,)
    Wi: array of shape (H, D)
    Wf: array of shape (H, D)
    Wo: array of shape (H, D)
    Wz: array of shape (H, D)
    Ui: array of shape (H, H)
    Uf: array of shape (H, H)
    Uo: array of shape (H, H)
    Uz: array of shape (H, H)
    bi: array of shape (H,)
    bf: array of shape (H,)
    bo: array of shape (H,)
    bz: array of shape (H,)

    Returns a dictionary:
      sf[j] = sum(k = 1..D, Wf[j,k]*x[k]) + sum(k = 1..H, Uf[j,k]*h0[k]) + bf[j]  (shape (H,))
      f[j] = sigmoid(sf[j])  (shape (H,))
      so[j] = sum(k = 1..D, Wo[j,k]*x[k]) + sum(k = 1..H, Uo[j,k]*h0[k]) + bo[j]  (shape (H,))
      o[j] = sigmoid(so[j])  (shape (H,))
      si[j] = sum(k = 1..D, Wi[j,k]*x[k]) + sum(k = 1..H, Ui[j,k]*h0[k]) + bi[j]  (shape (H,))
      i[j] = sigmoid(si[j])  (shape (H,))
      sz[j] = sum(k = 1..D, Wz[j,k]*x[k]) + sum(k = 1..H, Uz[j,k]*h0[k]) + bz[j]  (shape (H,))
      z[j] = tanh(sz[j])  (shape (H,))
      c[j] = f[j]*c0[j] + i[j]*z[j]  (shape (H,))
      h[j] = o[j]*tanh(c[j])  (shape (H,))
      L = sum(k = 1..H, g[k]*h[k]) + sum(k = 1..H, q[k]*c[k])  (float)
    """
    x = array("x", x, None)
    D = x.shape[0]
    h0 = array("h0", h0, None)
    H = h0.shape[0]
    c0 = array("c0", c0, H)
    g = array("g", g, H)
    q = array("q", q, H)
    Wi = array("Wi", Wi, H, D)
    Wf = array("Wf", Wf, H, D)
    Wo = array("Wo", Wo, H, D)
    Wz = array("Wz", Wz, H, D)
    Ui = array("Ui", Ui, H, H)
    Uf = array("Uf", Uf, H, H)
    Uo = array("Uo", Uo, H, H)
    Uz = array("Uz", Uz, H, H)
    bi = array("bi", bi, H)
    bf = array("bf", bf, H)
    bo = array("bo", bo, H)
    bz = array("bz", bz, H)
    sf = Wf @ x + Uf @ h0 + bf
    f = sigmoid(sf)
    so = Wo @ x + Uo @ h0 + bo
    o = sigmoid(so)
    si = Wi @ x + Ui @ h0 + bi
    i = sigmoid(si)
    sz = Wz @ x + Uz @ h0 + bz
    z = np.tanh(sz)
    c = f * c0 + i * z
    h = o * np.tanh(c)
    L = g @ h + q @ c
    return {"sf": sf, "f": f, "so": so, "o": o, "si": si, "i": i, "sz": sz, "z": z, "c": c,
        "h": h, "L": L}


def gradient_L(x, h0, c0, g, q, Wi, Wf, Wo, Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz):
    """Derivatives of L.

    x: array of shape (D,)
    h0: array of shape (H,)
    c0: array of shape (H,)
    g: array of shape (H,)
    q: array of shape (H,)
    Wi: array of shape (H, D)
    Wf: array of shape (H, D)
    Wo: array of shape (H, D)
    Wz: array of shape (H, D)
    Ui: array of shape (H, H)
    Uf: array of shape (H, H)
    Uo: array of shape (H, H)
    Uz: array of shape (H, H)
    bi: array of shape (H,)
    bf: array of shape (H,)
    bo: array of shape (H,)
    bz: array of shape (H,)

    Returns a dictionary:
      dL_dWi: shape (H, D), places j, k
        dL/dWi[j,k] = (g[j]*(o[j] - h[j]*tanh(c[j])) + q[j])*z[j]*i[j]*(1 - i[j])*x[k]
      dL_dWf: shape (H, D), places j, k
        dL/dWf[j,k] = (g[j]*(o[j] - h[j]*tanh(c[j])) + q[j])*c0[j]*f[j]*(1 - f[j])*x[k]
      dL_dWo: shape (H, D), places j, k
        dL/dWo[j,k] = g[j]*h[j]*(1 - o[j])*x[k]
      dL_dWz: shape (H, D), places j, k
        dL/dWz[j,k] = (g[j]*(o[j] - h[j]*tanh(c[j])) + q[j])*i[j]*(1 - z[j]^2)*x[k]
      dL_dUi: shape (H, H), places j, k
        dL/dUi[j,k] = (g[j]*(o[j] - h[j]*tanh(c[j])) + q[j])*z[j]*i[j]*(1 - i[j])*h0[k]
      dL_dbi: shape (H,), places j
        dL/dbi[j] = (g[j]*(o[j] - h[j]*tanh(c[j])) + q[j])*z[j]*i[j]*(1 - i[j])
      dL_dh0: shape (H,), places j
        dL/dh0[j]
      dL_dc0: shape (H,), places j
        dL/dc0[j] = (g[j]*(o[j] - h[j]*tanh(c[j])) + q[j])*f[j]
    """
    x = array("x", x, None)
    D = x.shape[0]
    h0 = array("h0", h0, None)
    H = h0.shape[0]
    c0 = array("c0", c0, H)
    g = array("g", g, H)
    q = array("q", q, H)
    Wi = array("Wi", Wi, H, D)
    Wf = array("Wf", Wf, H, D)
    Wo = array("Wo", Wo, H, D)
    Wz = array("Wz", Wz, H, D)
    Ui = array("Ui", Ui, H, H)
    Uf = array("Uf", Uf, H, H)
    Uo = array("Uo", Uo, H, H)
    Uz = array("Uz", Uz, H, H)
    bi = array("bi", bi, H)
    bf = array("bf", bf, H)
    bo = array("bo", bo, H)
    bz = array("bz", bz, H)
    values = forward_L(x, h0, c0, g, q, Wi, Wf, Wo, Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz)
    f = values["f"]
    o = values["o"]
    i = values["i"]
    z = values["z"]
    c = values["c"]
    h = values["h"]
    part = g * (o - h * np.tanh(c)) + q
    part_2 = part * i * (1 - i) * z
    dL_dWi = np.outer(part_2, x)
    part_3 = c0 * part * f * (1 - f)
    dL_dWf = np.outer(part_3, x)
    part_4 = g * (1 - o) * h
    dL_dWo = np.outer(part_4, x)
    part_5 = part * i * (1 - z**2)
    dL_dWz = np.outer(part_5, x)
    dL_dUi = np.outer(part_2, h0)
    dL_dbi = part_2
    dL_dh0 = Uf.T @ part_3 + Uo.T @ part_4 + Ui.T @ part_2 + Uz.T @ part_5
    dL_dc0 = part * f
    return {"dL_dWi": dL_dWi, "dL_dWf": dL_dWf, "dL_dWo": dL_dWo, "dL_dWz": dL_dWz,
        "dL_dUi": dL_dUi, "dL_dbi": dL_dbi, "dL_dh0": dL_dh0, "dL_dc0": dL_dc0}


def check_L():
    """Compares with central differences at numbers drawn at random."""
    D = 3
    H = 4
    x = np.array([-1.26, -1.95, 1.06])
    h0 = np.array([-1.79, 0.79, 0.99, 1.07])
    c0 = np.array([-1.04, -1.4, 1.46, 0.41])
    g = np.array([1.14, -0.79, -1.18, 0.37])
    q = np.array([1.32, 0.98, 0.73, -1.22])
    Wi = np.array([[1.69, -1.77, 0.7], [1.78, 0.85, 1.82], [-0.81, 0.85, -0.97],
        [1.33, 1.93, -1.19]])
    Wf = np.array([[-1.58, 1.52, -0.36], [-1.27, -0.57, -1.95], [-1.26, 1.36, -1.67],
        [-1.4, 1.02, -1.46]])
    Wo = np.array([[1.58, 0.6, 1.63], [-0.46, 1.31, 1.76], [-0.3, -1.55, 1.43],
        [-1.09, 1.39, -1.74]])
    Wz = np.array([[0.96, 1.38, 0.61], [1.98, -1.11, 1.48], [1.95, -0.67, 0.46], [0.71, 0.71, 1.3]])
    Ui = np.array([[1.08, -1.43, 0.44, -1.41], [-1.3, 1.84, -1.7, 1.71],
        [-0.72, 0.67, 0.69, -1.8], [0.57, 0.3, -1.53, -0.79]])
    Uf = np.array([[-1.76, -0.96, 1.03, -0.34], [-0.85, -0.49, 1.87, -0.82],
        [0.5, 1.46, -1.71, 0.8], [0.82, 1.78, 0.56, -0.46]])
    Uo = np.array([[-0.94, 0.52, -1.03, -0.41], [-1.97, -0.56, -0.65, 1.39],
        [1.55, -0.35, -0.43, -0.87], [-1.32, -1.86, -0.98, -0.89]])
    Uz = np.array([[1.53, 1.37, -0.84, 0.6], [1.09, 0.54, -1.95, -1.01],
        [1.23, 1.03, -1.87, -0.65], [1.74, -0.91, 1.13, 1.55]])
    bi = np.array([-1.04, 0.86, 0.35, -0.75])
    bf = np.array([-1.14, 0.85, -1.63, -1.6])
    bo = np.array([-1.32, 1.09, 1.22, 0.89])
    bz = np.array([1.03, 0.54, 0.42, -1.08])
    result = gradient_L(x, h0, c0, g, q, Wi, Wf, Wo, Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz)
    passed = []
    error = 0.0
    for j in range(H):
        for k in range(D):
            numeric = central(lambda t: forward_L(x, h0, c0, g, q, bump(Wi, (j, k), t), Wf, Wo,
                Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
            error = worse(error, result["dL_dWi"][j, k], numeric)
    passed.append(report("dL_dWi", error, 1e-6))
    error = 0.0
    for j in range(H):
        for k in range(D):
            numeric = central(lambda t: forward_L(x, h0, c0, g, q, Wi, bump(Wf, (j, k), t), Wo,
                Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
            error = worse(error, result["dL_dWf"][j, k], numeric)
    passed.append(report("dL_dWf", error, 1e-6))
    error = 0.0
    for j in range(H):
        for k in range(D):
            numeric = central(lambda t: forward_L(x, h0, c0, g, q, Wi, Wf, bump(Wo, (j, k), t),
                Wz, Ui, Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
            error = worse(error, result["dL_dWo"][j, k], numeric)
    passed.append(report("dL_dWo", error, 1e-6))
    error = 0.0
    for j in range(H):
        for k in range(D):
            numeric = central(lambda t: forward_L(x, h0, c0, g, q, Wi, Wf, Wo,
                bump(Wz, (j, k), t), Ui, Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
            error = worse(error, result["dL_dWz"][j, k], numeric)
    passed.append(report("dL_dWz", error, 1e-6))
    error = 0.0
    for j in range(H):
        for k in range(H):
            numeric = central(lambda t: forward_L(x, h0, c0, g, q, Wi, Wf, Wo, Wz,
                bump(Ui, (j, k), t), Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
            error = worse(error, result["dL_dUi"][j, k], numeric)
    passed.append(report("dL_dUi", error, 1e-6))
    error = 0.0
    for j in range(H):
        numeric = central(lambda t: forward_L(x, h0, c0, g, q, Wi, Wf, Wo, Wz, Ui, Uf, Uo, Uz,
            bump(bi, (j,), t), bf, bo, bz)["L"], 1e-4)
        error = worse(error, result["dL_dbi"][j], numeric)
    passed.append(report("dL_dbi", error, 1e-6))
    error = 0.0
    for j in range(H):
        numeric = central(lambda t: forward_L(x, bump(h0, (j,), t), c0, g, q, Wi, Wf, Wo, Wz, Ui,
            Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
        error = worse(error, result["dL_dh0"][j], numeric)
    passed.append(report("dL_dh0", error, 1e-6))
    error = 0.0
    for j in range(H):
        numeric = central(lambda t: forward_L(x, h0, bump(c0, (j,), t), g, q, Wi, Wf, Wo, Wz, Ui,
            Uf, Uo, Uz, bi, bf, bo, bz)["L"], 1e-4)
        error = worse(error, result["dL_dc0"][j], numeric)
    passed.append(report("dL_dc0", error, 1e-6))
    return all(passed)


if __name__ == "__main__":
    passed = [check_L()]
    sys.exit(0 if all(passed) else 1)
