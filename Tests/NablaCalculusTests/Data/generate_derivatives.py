#!/usr/bin/env python3
"""Writes derivatives.tsv, the corpus of derivatives with independent values.

    python3 generate_derivatives.py > derivatives.tsv

Needs sympy 1.14 and mpmath 1.3. Deterministic: the only random rows come from a fixed seed.

Each expression is read by a small strict reader of the plain notation (no implicit
multiplication), then differentiated twice, independently:

1. symbolically by sympy, on the expression with sums and products written out, and evaluated
   exactly at the point to 50 digits;
2. numerically by mpmath.diff, at 80 digits, on a direct evaluation of the expression that sympy
   never sees.

The two must agree to 25 significant digits. Where sympy cannot, the row says so in its source.
A row is rejected when a subexpression is not real at the point or lies near a kink.
"""

import random
import re
import signal
import sys

import mpmath
import sympy
from mpmath import mp

from derivative_rows import rows

EXACT_DIGITS = 50
DIFFERENCE_DIGITS = 80
AGREEMENT = mpmath.mpf(10) ** -25
KINK_DISTANCE = mpmath.mpf("0.01")
PRINTED_DIGITS = 30


# Reading

TOKEN = re.compile(
    r"\s*(\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9_]*|\.\.|\.\*|\./|\.\^|!=|<=|>=|[-+*/^()\[\],;:=<>'])")


class NotationError(Exception):
    pass


def tokens(text):
    result, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise NotationError(f"cannot read {text[position:]!r}")
        result.append(match.group(1))
        position = match.end()
    return result


FUNCTIONS = set(
    "exp log sqrt sin cos tan cot sec csc sinh cosh tanh coth sech csch "
    "asin acos atan acot asec acsc asinh acosh atanh acoth asech acsch "
    "sigmoid softplus ReLU erf abs sign max min step".split())
MATRIX_FUNCTIONS = set("sum mean norm dot outer trace det inv diag softmax".split())


class Reader:
    """Recursive descent over the plain notation; the result is a tree of tuples."""

    def __init__(self, text, indices):
        self.tokens, self.at, self.indices = tokens(text), 0, indices

    def peek(self, ahead=0):
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def next(self, expected=None):
        token = self.peek()
        if token is None or (expected is not None and token != expected):
            raise NotationError(f"expected {expected}, met {token}")
        self.at += 1
        return token

    def whole(self):
        tree = self.expression()
        if self.peek() is not None:
            raise NotationError(f"left over: {self.tokens[self.at:]}")
        return tree

    def expression(self):
        tree = self.term()
        while self.peek() in ("+", "-"):
            tree = (self.next(), tree, self.term())
        return tree

    def term(self):
        tree = self.signed()
        while self.peek() in ("*", "/", ".*", "./"):
            operation = self.next()
            tree = (operation, tree, self.power())
        return tree

    def signed(self):
        if self.peek() == "-":
            self.next()
            return ("negative", self.power())
        return self.power()

    def power(self):
        base = self.postfix()
        if self.peek() in ("^", ".^"):
            operation = self.next()
            return (operation, base, self.power())
        return base

    def postfix(self):
        tree = self.primary()
        while self.peek() == "'":
            self.next()
            tree = ("transpose", tree)
        return tree

    def primary(self):
        token = self.next()
        if token == "(":
            tree = self.expression()
            self.next(")")
            return tree
        if token == "1" and self.peek() == "[":
            self.next("[")
            condition = self.condition()
            self.next("]")
            return ("indicator", condition)
        if token[0].isdigit():
            return ("number", token)
        if not token[0].isalpha():
            raise NotationError(f"unexpected {token}")
        if token in ("sum", "product") and self.is_binder():
            return self.binder(token)
        if token == "piecewise":
            return self.piecewise()
        if token == "delta":
            self.next("(")
            first = self.next()
            self.next(",")
            second = self.next()
            self.next(")")
            return ("delta", first, second)
        if token == "diff":
            self.next("(")
            tree = self.expression()
            names = []
            while self.peek() == ",":
                self.next()
                name = self.next()
                names += [names[-1]] * (int(name) - 1) if name.isdigit() else [name]
            self.next(")")
            return ("diff", tree, names)
        order = 0
        while token in FUNCTIONS and self.peek() == "'":
            self.next()
            order += 1
        if self.peek() == "(":
            if token not in FUNCTIONS | MATRIX_FUNCTIONS:
                raise NotationError(f"{token} is no function")
            self.next("(")
            arguments = [self.expression()]
            while self.peek() == ",":
                self.next()
                arguments.append(self.expression())
            self.next(")")
            return ("apply", token, order, arguments)
        if self.peek() == "[":
            self.next("[")
            places = [self.next()]
            while self.peek() == ",":
                self.next()
                places.append(self.next())
            self.next("]")
            return ("entry", token, tuple(places))
        if token in FUNCTIONS:
            raise NotationError(f"{token} without an argument")
        return ("name", token)

    def is_binder(self):
        return (self.peek() == "(" and self.peek(1) in self.indices
                and self.peek(2) in (",", "!=", "="))

    def binder(self, kind):
        self.next("(")
        bound = []
        while self.peek() in self.indices and self.peek(1) in (",", "!=", "="):
            index, excluded, limits = self.next(), None, None
            if self.peek() == "!=":
                self.next()
                excluded = self.next()
            elif self.peek() == "=":
                self.next()
                lower = self.next()
                self.next("..")
                limits = (lower, self.next())
            self.next(",")
            bound.append((index, excluded, limits))
        body = self.expression()
        self.next(")")
        return (kind, bound, body)

    def piecewise(self):
        self.next("(")
        branches, otherwise = [], None
        while True:
            if self.peek() == "else":
                self.next()
                self.next(":")
                otherwise = self.expression()
            else:
                condition = self.condition()
                self.next(":")
                branches.append((condition, self.expression()))
            if self.peek() != ",":
                break
            self.next()
        self.next(")")
        return ("piecewise", branches, otherwise)

    def condition(self):
        tree = self.conjunction()
        while self.peek() == "or":
            self.next()
            tree = ("or", tree, self.conjunction())
        return tree

    def conjunction(self):
        tree = self.comparison()
        while self.peek() == "and":
            self.next()
            tree = ("and", tree, self.comparison())
        return tree

    def comparison(self):
        left = self.expression()
        relation = self.next()
        if relation not in ("=", "!=", "<", "<=", ">", ">="):
            raise NotationError(f"{relation} is no relation")
        return ("compare", relation, left, self.expression())


# Declarations and points


class Setting:
    """What the declarations and the point say: sizes, index ranges, shapes and values."""

    def __init__(self, declarations, point):
        self.sizes, self.ranges, self.shapes, self.scalars = {}, {}, {}, set()
        self.declared = bool(declarations.strip())
        for statement in filter(None, (s.strip() for s in declarations.split(";"))):
            self.declare(statement)
        self.numbers, self.indices = {}, {}
        for name, text in assignments(point):
            self.assign(name, text)

    def size(self, text):
        match = re.fullmatch(r"([A-Za-z]\w*|\d+)(?:-(\d+))?", text.strip())
        value = self.sizes[match[1]] if match[1] in self.sizes else int(match[1])
        return value - int(match[2] or 0)

    def limits(self, text):
        lower, upper = text.split("..")
        return range(self.size(lower), self.size(upper) + 1)

    def declare(self, statement):
        keyword, rest = statement.split(None, 1)
        if keyword == "dimension":
            for part in rest.split(","):
                name, value = part.split("=")
                self.sizes[name.strip()] = int(value)
        elif keyword in ("index", "class"):
            names, limits = rest.split("=")
            for name in names.split(","):
                self.ranges[name.strip()] = self.limits(limits)
        elif keyword == "scalar":
            for name in rest.split(","):
                self.scalars.add(name.split()[0])
        elif keyword in ("vector", "matrix"):
            for name, sizes in re.findall(r"(\w+)\[([^\]]*)\]", rest):
                self.shapes[name] = [
                    self.limits(s if ".." in s else "1.." + s.strip()) for s in sizes.split(",")]
        else:
            raise NotationError(f"unknown statement {statement}")

    def assign(self, name, text):
        if name in self.ranges:
            value = int(text)
            assert value in self.ranges[name]
            self.indices[name] = value
        elif text.startswith("["):
            assert name in self.shapes, name
            entries = [[sympy.Rational(v.strip()) for v in row.split(",")]
                       for row in text[1:-1].split(";")]
            shape = self.shapes[name]
            if len(shape) == 1:
                assert len(entries) == 1 and len(entries[0]) == len(shape[0]), (name, text)
                for place, value in zip(shape[0], entries[0]):
                    self.numbers[name, place] = value
            else:
                assert len(entries) == len(shape[0])
                for i, row in zip(shape[0], entries):
                    assert len(row) == len(shape[1])
                    for j, value in zip(shape[1], row):
                        self.numbers[name, i, j] = value
        else:
            assert not self.declared or name in self.scalars, f"{name} is not declared"
            self.numbers[(name,)] = sympy.Rational(text)

    def variable(self, text):
        """The key of a variable such as `x`, `h[2]`, `h[i]` or `W[1,2]`."""
        match = re.fullmatch(r"(\w+)(?:\[([^\]]*)\])?", text)
        places = tuple(
            self.indices[p] if p in self.indices else int(p)
            for p in (match[2].split(",") if match[2] else []))
        key = (match[1],) + places
        assert key in self.numbers, text
        return key


def assignments(point):
    return re.findall(r"([A-Za-z]\w*)=(\[[^\]]*\]|[^\s]+)", point)


# Two evaluations of one tree


class SympyBackend:
    def number(self, text):
        return sympy.Rational(text)

    pi, e = sympy.pi, sympy.E
    checks = False

    def apply(self, name, values):
        u = values[0]
        if name in ("abs", "sign", "step", "ReLU"):
            positive, negative = {
                "abs": (u, -u), "sign": (1, -1), "step": (1, 0), "ReLU": (u, 0)}[name]
            return sympy.Piecewise((positive, u > 0), (negative, True))
        if name in ("max", "min"):
            v = values[1]
            return sympy.Piecewise((u, u > v if name == "max" else u < v), (v, True))
        if name == "sigmoid":
            return 1 / (1 + sympy.exp(-u))
        if name == "softplus":
            return sympy.log(1 + sympy.exp(u))
        return getattr(sympy, name)(u)

    def prime(self, name, order, u):
        inner = sympy.Dummy("u", real=True)
        return sympy.diff(self.apply(name, [inner]), inner, order).subs(inner, u)

    def choose(self, branches, otherwise):
        pairs = [(value(), condition) for condition, value in branches]
        pairs.append((otherwise() if otherwise else sympy.nan, True))
        return sympy.Piecewise(*pairs)

    def compare(self, relation, left, right):
        kinds = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}
        return kinds[relation](left, right)

    def both(self, a, b):
        return sympy.And(a, b)

    def either(self, a, b):
        return sympy.Or(a, b)


class NumericBackend:
    """Values in mpmath; with `checks`, complains about kinks and values that are not real."""

    def __init__(self, checks):
        self.checks = checks

    def number(self, text):
        value = sympy.Rational(text)
        return mp.mpf(value.p) / mp.mpf(value.q)

    @property
    def pi(self):
        return +mp.pi

    @property
    def e(self):
        return +mp.e

    def near(self, distance):
        if self.checks and abs(distance) < KINK_DISTANCE:
            raise NotationError("the point lies near a kink")

    def apply(self, name, values):
        u = values[0]
        if name in ("abs", "sign", "step", "ReLU"):
            self.near(u)
            inside = u > 0
            return {"abs": u if inside else -u, "sign": mp.mpf(1 if inside else -1),
                    "step": mp.mpf(1 if inside else 0), "ReLU": u if inside else mp.mpf(0)}[name]
        if name in ("max", "min"):
            self.near(u - values[1])
            return (max if name == "max" else min)(u, values[1])
        if name == "sigmoid":
            return (1 + mp.tanh(u / 2)) / 2
        if name == "softplus":
            return mp.log1p(mp.exp(u))
        value = getattr(mp, name)(u)
        if self.checks and not isinstance(value, mp.mpf):
            raise NotationError(f"{name} is not real here")
        return value

    def prime(self, name, order, u):
        return mp.diff(lambda t: self.apply(name, [t]), u, order)

    def choose(self, branches, otherwise):
        for condition, value in branches:
            if condition:
                return value()
        return otherwise()

    def compare(self, relation, left, right):
        self.near(left - right)
        return left < right if relation in ("<", "<=") else left > right

    def both(self, a, b):
        return a and b

    def either(self, a, b):
        return a or b


class Evaluation:
    def __init__(self, setting, backend, values):
        self.setting, self.backend, self.values = setting, backend, values
        self.bound = dict(setting.indices)

    def place(self, text):
        return self.bound[text] if text in self.bound else self.setting.size(text)

    def scalar(self, tree):
        value = self.run(tree)
        if isinstance(value, list):
            assert len(value) == 1 and len(value[0]) == 1, "not a scalar"
            value = value[0][0]
        return value

    def run(self, tree):
        kind, backend = tree[0], self.backend
        if kind == "number":
            return backend.number(tree[1])
        if kind == "name":
            return self.name(tree[1])
        if kind == "entry":
            return self.values[(tree[1],) + tuple(self.place(p) for p in tree[2])]
        if kind == "negative":
            return elementwise(lambda a: -a, self.run(tree[1]))
        if kind in ("+", "-", ".*", "./", ".^"):
            left, right = self.run(tree[1]), self.run(tree[2])
            return elementwise(OPERATIONS[kind], left, right)
        if kind == "*":
            return multiply(self.run(tree[1]), self.run(tree[2]))
        if kind == "/":
            right = self.scalar(tree[2])
            return elementwise(lambda a: a / right, self.run(tree[1]))
        if kind == "^":
            base, exponent = self.scalar(tree[1]), self.scalar(tree[2])
            value = base**exponent
            if backend.checks and not isinstance(value, mp.mpf):
                raise NotationError("a power that is not real here")
            return value
        if kind == "transpose":
            return transpose(self.run(tree[1]))
        if kind in ("sum", "product"):
            return self.bind(kind, tree[1], tree[2])
        if kind == "delta":
            return backend.number("1" if self.place(tree[1]) == self.place(tree[2]) else "0")
        if kind == "indicator":
            condition = self.condition(tree[1])
            return self.choose([(condition, ("number", "1"))], ("number", "0"))
        if kind == "piecewise":
            return self.choose(
                [(self.condition(condition), value) for condition, value in tree[1]], tree[2])
        if kind == "diff":
            return self.derivative(tree[1], tree[2])
        if kind == "apply":
            return self.apply(*tree[1:])
        raise NotationError(kind)

    def name(self, name):
        setting = self.setting
        if (name,) in self.values:
            return self.values[(name,)]
        if name in setting.shapes:
            shape = setting.shapes[name]
            if len(shape) == 1:
                return [[self.values[name, i]] for i in shape[0]]
            return [[self.values[name, i, j] for j in shape[1]] for i in shape[0]]
        if name in setting.sizes:
            return self.backend.number(str(setting.sizes[name]))
        if name in ("pi", "e"):
            return getattr(self.backend, name)
        raise NotationError(f"unknown name {name}")

    def choose(self, branches, otherwise):
        settled = []
        for condition, value in branches:
            if condition is False:
                continue
            if condition is True and not settled:
                return self.run(value)
            settled.append((condition, lambda value=value: self.run(value)))
        rest = (lambda: self.run(otherwise)) if otherwise else None
        return self.backend.choose(settled, rest) if settled else rest()

    def condition(self, tree):
        if tree[0] == "and":
            a, b = self.condition(tree[1]), self.condition(tree[2])
            return a and b if isinstance(a, bool) else self.backend.both(a, b)
        if tree[0] == "or":
            a, b = self.condition(tree[1]), self.condition(tree[2])
            return a or b if isinstance(a, bool) else self.backend.either(a, b)
        relation, left, right = tree[1:]
        indices = [side[1] in self.bound or side[1] in self.setting.ranges
                   if side[0] == "name" else False for side in (left, right)]
        if any(indices):
            a, b = self.place(left[1]), self.place(right[1])
            return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b,
                    ">": a > b, ">=": a >= b}[relation]
        return self.backend.compare(relation, self.scalar(left), self.scalar(right))

    def bind(self, kind, bound, body):
        if not bound:
            return self.scalar(body)
        (index, excluded, limits), rest = bound[0], bound[1:]
        span = self.setting.ranges[index]
        if limits:
            span = range(self.setting.size(limits[0]), self.setting.size(limits[1]) + 1)
        skipped = None if excluded is None else self.place(excluded)
        outer = self.bound.get(index)
        total = self.backend.number("0" if kind == "sum" else "1")
        for value in span:
            if value == skipped:
                continue
            self.bound[index] = value
            entry = self.bind(kind, rest, body)
            total = total + entry if kind == "sum" else total * entry
        if outer is None:
            self.bound.pop(index, None)
        else:
            self.bound[index] = outer
        return total

    def derivative(self, tree, names):
        keys = [(name,) for name in names]
        if isinstance(self.backend, SympyBackend):
            return sympy.diff(self.scalar(tree), *[self.values[k] for k in keys])
        return self.numeric_derivative(tree, keys)

    def numeric_derivative(self, tree, keys):
        distinct = sorted(set(keys), key=str)
        start = [self.values[k] for k in distinct]

        def at(*values):
            saved = self.values
            self.values = saved | dict(zip(distinct, values))
            checks, self.backend.checks = self.backend.checks, False
            result = self.scalar(tree)
            self.values, self.backend.checks = saved, checks
            return result

        orders = tuple(keys.count(k) for k in distinct)
        if len(distinct) == 1:
            return mp.diff(at, start[0], orders[0])
        return mp.diff(at, tuple(start), orders)

    def apply(self, name, order, arguments):
        if name in MATRIX_FUNCTIONS:
            return matrix_function(name, [self.run(a) for a in arguments], self.backend)
        values = [self.run(a) for a in arguments]
        if name in ("max", "min"):
            assert len(values) == 2
            return self.backend.apply(name, values)
        if order:
            return elementwise(lambda a: self.backend.prime(name, order, a), values[0])
        return elementwise(lambda a: self.backend.apply(name, [a]), values[0])


OPERATIONS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, ".*": lambda a, b: a * b,
    "./": lambda a, b: a / b, ".^": lambda a, b: a**b}


def elementwise(operation, *values):
    shape = next((v for v in values if isinstance(v, list)), None)
    if shape is None:
        return operation(*values)
    pick = lambda v, i, j: v[i][j] if isinstance(v, list) else v
    return [[operation(*[pick(v, i, j) for v in values]) for j in range(len(shape[0]))]
            for i in range(len(shape))]


def transpose(a):
    return [list(column) for column in zip(*a)] if isinstance(a, list) else a


def multiply(a, b):
    if not (isinstance(a, list) and isinstance(b, list)):
        return elementwise(lambda x, y: x * y, a, b)
    assert len(a[0]) == len(b), "shapes of a matrix product"
    result = [[sum((row[k] * b[k][j] for k in range(1, len(b))), row[0] * b[0][j])
               for j in range(len(b[0]))] for row in a]
    return result


def determinant(a):
    if len(a) == 1:
        return a[0][0]
    minors = [[row[:j] + row[j + 1:] for row in a[1:]] for j in range(len(a))]
    return sum(((-1) ** j * a[0][j] * determinant(minors[j]) for j in range(1, len(a))),
               a[0][0] * determinant(minors[0]))


def inverse(a):
    size, det = len(a), determinant(a)
    minor = lambda i, j: [r[:j] + r[j + 1:] for k, r in enumerate(a) if k != i]
    return [[(-1) ** (i + j) * determinant(minor(j, i)) / det for j in range(size)]
            for i in range(size)]


def matrix_function(name, values, backend):
    a = values[0]
    entries = [entry for row in a for entry in row]
    if name == "sum":
        return sum(entries[1:], entries[0])
    if name == "mean":
        return sum(entries[1:], entries[0]) / backend.number(str(len(entries)))
    if name == "norm":
        return backend.apply("sqrt", [sum((v * v for v in entries[1:]), entries[0] ** 2)])
    if name == "dot":
        return multiply(transpose(a), values[1])[0][0]
    if name == "outer":
        return multiply(a, transpose(values[1]))
    if name == "softmax":
        weights = [[backend.apply("exp", [row[0]])] for row in a]
        total = sum((row[0] for row in weights[1:]), weights[0][0])
        return [[row[0] / total] for row in weights]
    if name == "trace":
        return sum((a[i][i] for i in range(1, len(a))), a[0][0])
    if name == "det":
        return determinant(a)
    if name == "inv":
        return inverse(a)
    if name == "diag":
        zero = backend.number("0")
        return [[a[i][0] if i == j else zero for j in range(len(a))] for i in range(len(a))]
    raise NotationError(name)


# Two derivatives


class TooSlow(Exception):
    pass


def give_up(*_):
    raise TooSlow()


def by_sympy(tree, setting, variables):
    symbols = {key: sympy.Symbol("_".join(map(str, key)), real=True) for key in setting.numbers}
    result = Evaluation(setting, SympyBackend(), symbols).scalar(tree)
    for variable in variables:
        result = sympy.diff(result, symbols[variable])
    value = sympy.N(result.subs([(symbols[k], v) for k, v in setting.numbers.items()]),
                    EXACT_DIGITS)
    if not value.is_Float and not value.is_Integer:
        raise ValueError(f"not a number: {value}")
    with mp.workdps(EXACT_DIGITS):
        return mp.mpf(str(value))


def by_difference(tree, setting, variables):
    with mp.workdps(DIFFERENCE_DIGITS):
        backend = NumericBackend(checks=True)
        values = {k: backend.number(str(v)) for k, v in setting.numbers.items()}
        evaluation = Evaluation(setting, backend, values)
        evaluation.scalar(tree)
        backend.checks = False
        return +evaluation.numeric_derivative(tree, variables)


def decimal(value):
    if abs(value) < mp.mpf(10) ** -30:
        return "0"
    text = mp.nstr(value, PRINTED_DIGITS, min_fixed=-6, max_fixed=12)
    return text[:-2] if text.endswith(".0") else text


def solve(row):
    family, declarations, expression, variables, point = row
    setting = Setting(declarations, point)
    tree = Reader(expression, setting.ranges).whole()
    keys = [setting.variable(v) for v in variables.split()]
    difference = by_difference(tree, setting, keys)
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(60)
    try:
        value, source = by_sympy(tree, setting, keys), "sympy"
    except (TooSlow, ValueError, TypeError, NotImplementedError, AttributeError) as reason:
        print(f"{expression}: sympy: {reason!r}", file=sys.stderr)
        value, source = difference, "mpmath-difference"
    finally:
        signal.alarm(0)
    with mp.workdps(EXACT_DIGITS):
        if abs(value - difference) > AGREEMENT * max(abs(value), mp.mpf(10) ** -3):
            raise NotationError(f"{row}: {value} against {difference}")
    return decimal(value), source


# Compositions from a fixed seed

UNARY = "exp log sqrt sin cos tanh sigmoid softplus erf atan asinh sinh cosh".split()


SUM, PRODUCT, POWER, ATOM = range(4)


def random_expression(source, depth):
    """A random expression and how tightly its outermost operation binds."""
    if depth == 0 or source.random() < 0.1:
        return source.choice([("x", ATOM), ("y", ATOM), ("x", ATOM), ("y", ATOM), ("2", ATOM),
                              ("1/2", PRODUCT)])

    def inner(binding):
        text, own = random_expression(source, depth - 1)
        return text if own >= binding else f"({text})"

    kind = source.randrange(7)
    if kind == 0:
        return f"{inner(SUM)} + {inner(PRODUCT)}", SUM
    if kind == 1:
        return f"{inner(SUM)} - {inner(PRODUCT)}", SUM
    if kind == 2:
        return f"{inner(PRODUCT)}*{inner(POWER)}", PRODUCT
    if kind == 3:
        return f"{inner(PRODUCT)}/{inner(POWER)}", PRODUCT
    if kind == 4:
        return f"{inner(ATOM)}^{source.choice([2, 3])}", POWER
    return f"{source.choice(UNARY)}({inner(SUM)})", ATOM


def random_rows(count):
    source = random.Random(20240607)
    accepted = []
    while len(accepted) < count:
        expression, _ = random_expression(source, 5)
        point = f"x={source.randint(2, 18)}/10 y={source.randint(2, 18)}/10"
        variables = source.choice(["x", "y", "x x", "x y", "x x y"])
        row = ("random composition", "", expression, variables, point)
        try:
            setting = Setting("", point)
            tree = Reader(expression, {}).whole()
            keys = [setting.variable(v) for v in variables.split()]
            value = by_difference(tree, setting, keys)
        except (NotationError, ZeroDivisionError, OverflowError, ValueError):
            continue
        if isinstance(value, mp.mpf) and mp.mpf("1e-4") < abs(value) < mp.mpf("1e4"):
            if 20 <= len(expression) <= 90:
                accepted.append(row)
    return accepted


def main():
    print("# Derivatives with independent values, written by generate_derivatives.py.")
    print("# A repeated variable is a higher order. An index in a variable (`h[i]`) and a free")
    print("# index in an expression take their values from the point.")
    print("# Values are rounded to 30 significant digits.")
    print("id", "family", "declarations", "expression", "variables", "point", "value", "source",
          sep="\t")
    numbering, seen = {}, set()
    for row in rows() + random_rows(30):
        if row in seen:
            raise NotationError(f"twice: {row}")
        seen.add(row)
        try:
            value, source = solve(row)
        except Exception as error:
            raise NotationError(f"{row}: {error}") from error
        family = row[0]
        numbering[family] = numbering.get(family, 0) + 1
        name = f"{family.replace(' ', '-')}-{numbering[family]:02}"
        print(name, *row, value, source, sep="\t")


if __name__ == "__main__":
    main()
