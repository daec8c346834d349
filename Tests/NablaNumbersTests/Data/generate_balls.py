"""Writes balls.tsv: values of functions at many points, computed by mpmath at a higher precision.

Run it in this folder: python3 generate_balls.py 2268 2026 short > balls.tsv

The arguments are the number of rows, the start of the random numbers, and `short` for the
precisions of the recorded table or `long` for all those where the arithmetic changes its ways.

A row holds a function, a precision in bits, its operands and the result, separated by tabs.
Numbers are written m*2^e as `mpe` with decimal m and e, or as a quotient `a/b`. A result has 20
bits more than the precision and is cut off, so that it is right to a unit of its last place; `=`
before it says that it is exact, `undefined` that there is none.
"""
import random
import sys

from mpmath import mp, mpf

count, seed, size = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
rng = random.Random(seed)
precisions = [53, 64, 96, 104, 110, 128] * 4 + [160, 200, 256, 400, 1000] if size == "short" else [
    24, 53, 64, 64, 80, 96, 104, 105, 110, 111, 113, 128, 129, 160, 192, 234, 235, 240, 256,
    300, 400, 512, 700, 1000]


class Undefined(Exception):
    pass


def need(condition):
    if not condition:
        raise Undefined


def log(x):
    need(x > 0)
    return mp.log(x)


def sqrt(x):
    need(x >= 0)
    return mp.sqrt(x)


def inverse(x):
    need(x != 0)
    return 1 / x


def inside(x, condition, function):
    need(condition)
    return function(x)


def softplus(x):
    return mp.log1p(mp.exp(-abs(x))) + max(x, 0)


def acosh(x):
    need(x >= 1)
    return mp.acosh(x)


def asech(x):
    need(0 < x <= 1)
    return mp.acosh(1 / x)


def real_power(x, y):
    if y == int(y):
        if y == 0:
            return mpf(1)
        need(x != 0 or y > 0)
        return x ** int(y)
    need(x >= 0)
    if x == 0:
        need(y > 0)
        return mpf(0)
    return mp.exp(y * mp.log(x))


def root(x, n):
    if n == 1:
        return x
    need(x >= 0)
    return mp.root(x, int(n))


functions = {
    "exp": mp.exp, "log": log, "sqrt": sqrt, "sin": mp.sin, "cos": mp.cos, "tan": mp.tan,
    "cot": lambda x: inverse(mp.tan(x)), "sec": lambda x: inverse(mp.cos(x)),
    "csc": lambda x: inverse(mp.sin(x)), "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh,
    "coth": lambda x: inverse(mp.tanh(x)), "sech": lambda x: 1 / mp.cosh(x),
    "csch": lambda x: inverse(mp.sinh(x)),
    "asin": lambda x: inside(x, abs(x) <= 1, mp.asin),
    "acos": lambda x: inside(x, abs(x) <= 1, mp.acos),
    "atan": mp.atan, "acot": lambda x: mp.atan(inverse(x)),
    "asec": lambda x: inside(x, abs(x) >= 1, lambda x: mp.acos(1 / x)),
    "acsc": lambda x: inside(x, abs(x) >= 1, lambda x: mp.asin(1 / x)),
    "asinh": mp.asinh, "acosh": acosh,
    "atanh": lambda x: inside(x, abs(x) < 1, mp.atanh),
    "acoth": lambda x: inside(x, abs(x) > 1, lambda x: mp.atanh(1 / x)),
    "asech": asech, "acsch": lambda x: mp.asinh(inverse(x)),
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)), "softplus": softplus, "erf": mp.erf,
    "abs": abs, "sign": mp.sign, "step": lambda x: mpf(1 if x > 0 else 0),
    "relu": lambda x: max(x, mpf(0)),
    "add": lambda x, y: x + y, "subtract": lambda x, y: x - y, "multiply": lambda x, y: x * y,
    "divide": lambda x, y: x * inverse(y), "power": real_power, "maximum": max,
    "minimum": min, "root": root,
}
angles = {"sin", "cos", "tan", "cot", "sec", "csc"}
growing = {"exp", "sinh", "cosh", "tanh", "coth", "sech", "csch", "sigmoid", "softplus"}
unit = {"asin", "acos", "atanh", "asech"}
beyond = {"asec", "acsc", "acosh", "acoth"}
exactly = {"abs", "sign", "step", "relu", "add", "subtract", "multiply", "maximum", "minimum"}


def dyadic(mantissa, exponent):
    while mantissa and mantissa % 2 == 0:
        mantissa //= 2
        exponent += 1
    return (mantissa, exponent if mantissa else 0)


def operand(name, precision, kind=None):
    """A pair (m, e) for m*2^e or a triple (a, b, None) for a/b."""
    kind = kind or rng.choice(
        ["plain", "plain", "plain", "small", "tiny", "large", "huge", "special", "near",
         "rational", "rational", "integer"])
    if name in unit | beyond and kind in ("large", "integer") and rng.random() < 0.7:
        kind = "plain"
    sign = rng.choice([1, -1])
    if name in ("log", "sqrt", "acosh", "asech", "root") and rng.random() < 0.9:
        sign = 1
    bits = rng.choice([1, 5, 20, 53, precision, precision])
    bits = min(bits, precision)
    mantissa = rng.getrandbits(bits) | (1 << (bits - 1)) | rng.getrandbits(1)
    if kind == "special":
        a = rng.choice([0, 1, 1, 2, 3, 4, 9, 16, 25, 64, 100])
        b = rng.choice([0, 0, 0, 1, 2, 4, 6])
        return dyadic(sign * a, -b)
    if kind == "near":
        if name in angles:
            mp.prec = precision
            point = mp.pi * rng.randint(1, 2 ** rng.choice([1, 3, 8, 20])) / 2
            scale = int(mp.floor(mp.log(point, 2))) + 1
            if rng.random() < 0.5:
                return dyadic(sign * int(mp.nint(point * mpf(2) ** (precision - scale))),
                              scale - precision)
            return dyadic(sign * int(mp.nint(point * 2 ** 40)), -40)
        k = rng.randint(2, min(precision - 1, 200))
        center = rng.choice([1, 1, 1, 2, 3]) if name not in unit | beyond else 1
        return dyadic(sign * (center * (1 << k) + rng.choice([1, -1])), -k)
    if kind == "rational":
        places = [1, 2, 6] if name in growing else [1, 2, 6, 15]
        a, b = rng.randint(1, 10 ** rng.choice(places)), rng.randint(
            2, 10 ** rng.choice([1, 2, 6, 15]))
        if name in beyond and a < b and rng.random() < 0.8:
            a, b = b, a
        if name in unit and a > b and rng.random() < 0.9:
            a, b = b, a
        return (sign * a, b, None)
    if kind == "integer":
        return dyadic(sign * rng.randint(0, 10 ** rng.choice([1, 2, 4])), 0)
    exponent = {
        "plain": lambda: rng.randint(-3, 3), "small": lambda: rng.randint(-20, -1),
        "tiny": lambda: rng.choice([-30, -64, -128, -precision // 2, -precision, -3 * precision]),
        "large": lambda: rng.randint(3, 10),
        "huge": lambda: rng.randint(10, 30) if name in growing else rng.choice(
            [rng.randint(10, 60), 100, 300, 1000]),
    }[kind]()
    if name in unit and exponent > 0:
        exponent = 0
    return dyadic(sign * mantissa, exponent - bits)


def operands(name, precision):
    if name == "root":
        return [operand(name, precision), (rng.choice([1, 2, 3, 3, 4, 5, 7, 10, 100]), 0)]
    if name == "power":
        base = operand("exp", precision, rng.choice(["plain", "small", "special", "rational",
                                                     "near", "integer", "large"]))
        if rng.random() < 0.75 and base[0] < 0:
            base = (-base[0],) + base[1:]
        if rng.random() < 0.3:
            return [base, (rng.randint(-50, 50) * rng.choice([1, 1, 1, 1000]), 0)]
        return [base, operand("exp", precision, rng.choice(["plain", "special", "rational",
                                                            "small", "large", "tiny"]))]
    if name in ("add", "subtract", "multiply", "divide", "maximum", "minimum"):
        first = operand("exp", precision)
        if rng.random() < 0.2 and len(first) == 2:
            # A neighbour, for cancellation.
            return [first, dyadic(first[0] * 4 + rng.choice([0, 1, -1]), first[1] - 2)]
        return [first, operand("exp", precision)]
    return [operand(name, precision)]


def written(number):
    if len(number) == 3:
        return "%d/%d" % number[:2]
    return "%dp%d" % number


def size_of(number):
    if len(number) == 3 or number[0] == 0:
        return 0
    return abs(number[1] + number[0].bit_length())


def reference(name, numbers, precision):
    extra = max([0] + [min(size_of(number), 8000) for number in numbers])
    mp.prec = 2 * precision + 200 + 3 * extra
    values = [
        mpf(n[0]) / n[1] if len(n) == 3 else mpf(n[0]) * mpf(2) ** n[1] for n in numbers]
    try:
        result = functions[name](*values)
    except Undefined:
        return "undefined"
    if not mp.isfinite(result):
        return None
    if result == 0:
        return "=0p0"
    sign, mantissa, exponent, width = result._mpf_
    mantissa, exponent = int(mantissa), int(exponent)
    drop = width - (precision + 20)
    exact = ""
    if name in exactly and all(len(n) == 2 for n in numbers) and drop <= 0:
        exact = "="
    if drop > 0:
        mantissa >>= drop
        exponent += drop
    else:
        # What is short may be exact or not, so the unit of the last place is made small.
        if not exact:
            mantissa <<= -drop
            exponent += drop
    return exact + "%dp%d" % (-mantissa if sign else mantissa, exponent)


names = list(functions)
rows = 0
while rows < count:
    name = names[rows % len(names)]
    precision = rng.choice(precisions)
    numbers = operands(name, precision)
    result = reference(name, numbers, precision)
    if result is None:
        continue
    print("\t".join([name, str(precision)] + [written(n) for n in numbers] + [result]))
    rows += 1
