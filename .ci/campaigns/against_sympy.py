#!/usr/bin/env python3
"""Puts random claims to `nabla equal --lines` and judges the verdicts by sympy and mpmath.

    python3 -m venv venv && venv/bin/pip install sympy==1.14.0 mpmath==1.3.0
    venv/bin/python .ci/campaigns/against_sympy.py NABLA [--count 2000] [--seed 1] [--show-open 20]

Expressions are drawn here, rewritten by sympy's own transformations and sometimes damaged. Both
sides are valued with 50 digits at random real points, at which every part of both is real. A claim
that is proved although the sides differ somewhere, or refuted although they agree everywhere, is
misjudged; so is a refutation whose two values mpmath does not find. Status 1 if there is one.
"""

import argparse
import collections
import json
import random
import signal
import subprocess
import sys

import mpmath
import sympy
from sympy import Abs, Max, Min, Piecewise, Rational, S, Symbol

mpmath.mp.dps = 50

X, Y, Z = (Symbol(name, real=True) for name in "xyz")
P = Symbol("p", positive=True)
GIVEN = ["scalar p positive"]

EVERYWHERE = [sympy.exp, sympy.sin, sympy.cos, sympy.tanh, sympy.sinh, sympy.cosh, sympy.atan,
              sympy.asinh, sympy.erf, Abs]
POLES = [sympy.tan, sympy.cot, sympy.sec, sympy.csc, sympy.coth, sympy.sech, sympy.csch]
PARTIAL = [sympy.log, sympy.sqrt, sympy.log, sympy.sqrt, sympy.asin, sympy.acos, sympy.atanh,
           sympy.acosh, sympy.acoth]


class Unwritable(Exception):
    """The expression has a part that plain notation does not know."""


# Drawing


def leaf(rng):
    kind = rng.randrange(10)
    if kind < 6:
        return rng.choice([X, X, Y, Z, P])
    if kind < 9:
        return S(rng.choice([1, 2, 3, -1, -2]))
    return Rational(rng.randint(1, 5), rng.randint(2, 5))


def draw(rng, depth):
    if depth <= 0:
        return leaf(rng)
    kind = rng.randrange(14)
    left = draw(rng, depth - 1)
    if kind < 4:
        return left + draw(rng, rng.randrange(depth))
    if kind < 7:
        return left * draw(rng, rng.randrange(depth))
    if kind < 8:
        return left / draw(rng, rng.randrange(depth))
    if kind < 9:
        return left ** rng.choice([2, 3, -1, -2, Rational(1, 2), Rational(3, 2), Rational(1, 3)])
    if kind < 10:
        return rng.choice([Max, Min])(left, leaf(rng))
    if kind < 11:
        return rng.choice(POLES)(left)
    if kind < 12:
        inner = rng.choice([left, left**2 + 1, sympy.exp(left)])
        return rng.choice(PARTIAL)(inner)
    return rng.choice(EVERYWHERE)(left)


def transformations(rng):
    other = rng.choice([X, Y, Z, P, S(2)])
    return [
        sympy.expand, sympy.factor, sympy.together, sympy.cancel, sympy.trigsimp, sympy.powsimp,
        sympy.logcombine, sympy.expand_trig, sympy.simplify, sympy.radsimp, sympy.powdenest,
        lambda e: sympy.apart(e, X), lambda e: sympy.collect(sympy.expand(e), X),
        lambda e: e.rewrite(sympy.exp), lambda e: e.rewrite(sympy.cos), lambda e: e.rewrite(sympy.tan),
        lambda e: e.rewrite(sympy.log), lambda e: e.rewrite(Piecewise), lambda e: e.rewrite(Abs),
        lambda e: sympy.expand_log(e), lambda e: sympy.expand_log(e, force=True),
        lambda e: sympy.expand_power_base(e, force=True),
        lambda e: sympy.powdenest(e, force=True),
        lambda e: sympy.Add(e, other, -other, evaluate=False),
        lambda e: sympy.Mul(e, other, sympy.Pow(other, -1, evaluate=False), evaluate=False),
        lambda e: sympy.diff(sympy.integrate(e, X), X) if e.is_polynomial(X) else e,
    ]


def damage(rng, expression):
    parts = [e for e in sympy.preorder_traversal(expression) if e.args or e.is_number]
    if not parts:
        return expression + 1
    part = rng.choice(parts)
    changes = [part + 1, -part, part * Rational(10**9 + 1, 10**9), part + Rational(1, 10**9)]
    if part.func in (sympy.sin, sympy.cos, sympy.sinh, sympy.cosh, sympy.tanh, sympy.exp):
        changes += [f(part.args[0]) for f in (sympy.sin, sympy.cos, sympy.tanh) if f != part.func]
    if isinstance(part, (sympy.Add, sympy.Mul)):
        changes += [part.func(*part.args[1:])] * 4
    if part.is_Pow:
        changes += [part.base, part.base ** (part.exp + 1)] * 2
    return expression.xreplace({part: rng.choice(changes)})


# Plain notation

NAMES = {sympy.log: "log", Abs: "abs", Max: "max", Min: "min", sympy.sign: "sign"}
for name in ("exp sin cos tan cot sec csc sinh cosh tanh coth sech csch asin acos atan acot asec "
             "acsc asinh acosh atanh acoth asech acsch erf").split():
    NAMES[getattr(sympy, name)] = name
RELATIONS = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "==": "=", "!=": "!="}


def condition(e):
    if e.is_Relational:
        return f"{plain(e.lhs)} {RELATIONS[e.rel_op]} {plain(e.rhs)}"
    if isinstance(e, sympy.And):
        return " and ".join(f"({condition(a)})" for a in e.args)
    if isinstance(e, sympy.Or):
        return " or ".join(f"({condition(a)})" for a in e.args)
    raise Unwritable(e)


def plain(e):
    if e.is_Symbol:
        return e.name
    if e.is_Integer:
        return str(e) if e >= 0 else f"({e})"
    if e.is_Rational:
        return f"({e.p}/{e.q})"
    if e is sympy.pi:
        return "pi"
    if e is sympy.E:
        return "e"
    if e.is_Add:
        return "(" + " + ".join(plain(a) for a in e.args) + ")"
    if e.is_Mul:
        return "(" + "*".join(plain(a) for a in e.args) + ")"
    if e.is_Pow:
        if e.exp == Rational(1, 2):
            return f"sqrt({plain(e.base)})"
        return f"({plain(e.base)})^({plain(e.exp)})"
    if isinstance(e, Piecewise):
        branches = []
        for value, test in e.args:
            if test == True:  # noqa: E712 (a sympy truth value)
                branches.append(f"else: {plain(value)}")
                break
            branches.append(f"{condition(test)}: {plain(value)}")
        return f"piecewise({', '.join(branches)})"
    if e.func in NAMES:
        args = [plain(a) for a in e.args]
        text = args[0]
        for more in args[1:]:
            text = f"{NAMES[e.func]}({text}, {more})" if e.func in (Max, Min) else text
        return text if len(args) > 1 else f"{NAMES[e.func]}({text})"
    if isinstance(e, sympy.Derivative) and len(e.variables) == 1:
        return f"diff({plain(e.expr)}, {plain(e.variables[0])})"
    raise Unwritable(e.func)


# Values


class Undefined(Exception):
    """A part is not real, infinite, or too near a jump."""


def value(e, point):
    """The value of an expression as it stands; raises Undefined where any part is not real."""
    if e.is_Symbol:
        return point[e.name]
    if e.is_Rational:
        return mpmath.mpf(int(e.p)) / int(e.q)
    if e.is_number and not e.args:
        if e in (sympy.pi, sympy.E):
            return +mpmath.pi if e is sympy.pi else +mpmath.e
        raise Undefined
    if isinstance(e, Piecewise):
        for branch, test in e.args:
            if test == True or holds(test, point):  # noqa: E712
                return value(branch, point)
        raise Undefined
    if isinstance(e, sympy.Derivative):
        value(e.expr, point)
        return value(e.doit(), point)
    args = [value(a, point) for a in e.args]
    if e.is_Add:
        result = mpmath.fsum(args)
    elif e.is_Mul:
        result = mpmath.fprod(args)
    elif e.is_Pow:
        result = power(args[0], e.exp, args[1])
    elif e.func is Max:
        result = max(args)
    elif e.func is Min:
        result = min(args)
    elif e.func in NAMES:
        result = function(e.func, args[0])
    else:
        raise Unwritable(e.func)
    if not isinstance(result, mpmath.mpf) or not mpmath.isfinite(result) or abs(result) > 1e15:
        raise Undefined
    return result


def power(base, exponent, above):
    if exponent.is_Integer:
        if base == 0 and exponent < 0:
            raise Undefined
        return mpmath.power(base, int(exponent))
    if base <= 0:
        raise Undefined
    return mpmath.power(base, above)


def function(func, x):
    if func is sympy.sign:
        if abs(x) < mpmath.mpf(10) ** -20:
            raise Undefined
        return mpmath.sign(x)
    if func is Abs:
        return abs(x)
    try:
        return getattr(mpmath, NAMES[func])(x)
    except (ZeroDivisionError, ValueError, OverflowError):
        raise Undefined from None


def holds(test, point):
    if isinstance(test, sympy.And):
        return all(holds(a, point) for a in test.args)
    if isinstance(test, sympy.Or):
        return any(holds(a, point) for a in test.args)
    if not test.is_Relational:
        raise Unwritable(test)
    gap = value(test.lhs, point) - value(test.rhs, point)
    if abs(gap) < mpmath.mpf(10) ** -20:
        raise Undefined
    return {">": gap > 0, ">=": gap > 0, "<": gap < 0, "<=": gap < 0, "==": False,
            "!=": True}[test.rel_op]


def points(rng, count):
    for number in range(count):
        spread = [1.5, 3, 0.7, 8][number % 4]
        point = {name: mpmath.mpf(rng.uniform(-spread, spread)) for name in "xyz"}
        point["p"] = mpmath.mpf(rng.uniform(0.05, spread))
        yield point


def survey(rng, left, right):
    """At how many points both sides are real, and at how many they differ."""
    defined = different = 0
    for point in points(rng, 40):
        try:
            a, b = value(left, point), value(right, point)
        except (Undefined, OverflowError):
            continue
        defined += 1
        if abs(a - b) > mpmath.mpf(10) ** -25 * max(1, abs(a), abs(b)):
            different += 1
    return defined, different


# The campaign


class TooLong(Exception):
    """Sympy took too long over a transformation."""


def too_long(*_):
    raise TooLong


def claim(number, seed):
    """A claim with its truth, or None if the draw was of no use."""
    rng = random.Random(seed * 1_000_003 + number)
    left = draw(rng, rng.randint(1, 3))
    if left.has(sympy.I, sympy.zoo, sympy.nan, sympy.oo) or sympy.count_ops(left) > 60:
        return None
    right = left
    if rng.randrange(6) == 0:
        right = sympy.diff(left, X)
        left = sympy.Derivative(left, X, evaluate=False)
    for _ in range(rng.randint(1, 3)):
        right = rng.choice(transformations(rng))(right)
    if rng.randrange(2) == 0:
        right = damage(rng, right)
    if right.has(sympy.I, sympy.zoo, sympy.nan, sympy.oo) or sympy.count_ops(right) > 120:
        return None
    defined, different = survey(rng, left, right)
    if defined < 6 or different == 1:
        return None
    texts = plain(left), plain(right)
    return None if texts[0] == texts[1] else (*texts, different == 0, (left, right))


def claims(count, seed):
    found = []
    number = 0
    signal.signal(signal.SIGALRM, too_long)
    while len(found) < count:
        number += 1
        signal.setitimer(signal.ITIMER_REAL, 2)
        try:
            new = claim(number, seed)
        except TooLong:
            new = None
        except Exception:  # sympy fails on some of its own results; such a draw is of no use
            new = None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if new:
            found.append(new)
            if len(found) % 200 == 0:
                print(f"{len(found)} of {count} claims drawn", file=sys.stderr)
    return found


def number_of(text):
    above, _, below = text.partition("/")
    return mpmath.mpf(above) / (mpmath.mpf(below) if below else 1)


def is_counterexample(sides, given):
    """Whether two sides differ at a point; None if mpmath finds one of them undefined there.

    Sides that agree to some digits are looked at with more than the prover ever uses.
    """
    for digits in (50, 450):
        with mpmath.workdps(digits):
            point = dict.fromkeys("xyzp", mpmath.mpf(1))
            point |= {name: number_of(text) for name, text in given.items()}
            try:
                a, b = (value(side, point) for side in sides)
            except (Undefined, Unwritable, OverflowError):
                return None
            if abs(a - b) > mpmath.mpf(10) ** (15 - digits) * max(1, abs(a), abs(b)):
                return True
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nabla")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show-open", type=int, default=20)
    options = parser.parse_args()
    drawn = claims(options.count, options.seed)
    lines = [json.dumps({"id": number, "left": left, "right": right, "given": GIVEN})
             for number, (left, right, _, _) in enumerate(drawn)]
    run = subprocess.run([options.nabla, "equal", "--lines"], input="\n".join(lines) + "\n",
                         capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in run.stdout.splitlines() if line]
    tally = collections.Counter()
    misjudged, still_open = [], []
    if len(answers) != len(drawn):
        misjudged.append(f"{len(drawn)} claims, {len(answers)} answers: {run.stderr[:500]}")
    for answer, (left, right, is_true, sides) in zip(answers, drawn):
        verdict = answer.get("verdict", "none")
        tally["true" if is_true else "false", verdict] += 1
        line = f"{verdict} ({'true' if is_true else 'false'}): '{left}' '{right}'"
        if verdict == "proved" and not is_true:
            misjudged.append(line)
        elif verdict in ("refuted", "conditional"):
            found = is_counterexample(sides, answer.get("counterexample", {}))
            # Where sympy's sides agree at all random points they may still differ elsewhere.
            if found is False or (is_true and found is None):
                misjudged.append(line + f" at {answer.get('counterexample')}")
        elif verdict not in ("proved", "undecided", "exhausted"):
            misjudged.append(line)
        else:
            if verdict != "proved":
                still_open.append(line)
    for (truth, verdict), count in sorted(tally.items()):
        print(f"{truth}, {verdict}: {count}")
    decided = 1 - len(still_open) / max(1, len(drawn))
    print(f"decided: {100 * decided:.2f} %\nmisjudged: {len(misjudged)}")
    for line in misjudged:
        print(" ", line)
    for line in sorted(still_open, key=len)[: options.show_open]:
        print("open:", line)
    return 1 if misjudged else 0


if __name__ == "__main__":
    sys.exit(main())
