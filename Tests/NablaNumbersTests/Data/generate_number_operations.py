"""Writes number-operations.tsv: operations on integers and rationals with their exact results.

Run it in this folder: python3 generate_number_operations.py > number-operations.tsv

Each row is an operation, its operands and its results, separated by tabs.

Operands are integers or `numerator/denominator`, where an integer is one of
  -123          decimal digits
  2^64-2^3+1    a sum of signed powers of two and of ones
  @300:17       300 digits from the generator below, started at 17; -@300:17 is its negative
  a*b           a product of integers written as above, but for sums

Results of more than 60 characters are written as #length:first ten:last ten:hash, the hash being
FNV-1a of 64 bits. Doubles are the hexadecimal digits of their bits. `nil` is no result.
"""

import decimal
import math
import random
import re
import struct
import sys
from fractions import Fraction

sys.set_int_max_str_digits(0)
random.seed(20240229)
decimal.getcontext().Emax = decimal.MAX_EMAX
decimal.getcontext().Emin = decimal.MIN_EMIN

MASK = (1 << 64) - 1


def generated_digits(count, seed):
    state = seed
    digits = []
    for index in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        digit = (state >> 33) % 10
        digits.append(str(max(digit, 1) if index == 0 else digit))
    return int("".join(digits))


def value(text):
    if "*" in text:
        return math.prod(value(part) for part in text.split("*"))
    if text.startswith("-@"):
        return -value(text[1:])
    if text.startswith("@"):
        count, seed = text[1:].split(":")
        return generated_digits(int(count), int(seed))
    if "^" in text:
        total = 0
        for sign, term in re.findall(r"([+-]?)(2\^\d+|1)", text):
            power = 1 << int(term[2:]) if "^" in term else 1
            total += -power if sign == "-" else power
        return total
    return int(text)


def fraction(text):
    numerator, _, denominator = text.partition("/")
    return Fraction(value(numerator), value(denominator) if denominator else 1)


def fnv(text):
    state = 0xCBF29CE484222325
    for byte in text.encode():
        state = ((state ^ byte) * 0x100000001B3) & MASK
    return state


def written(result):
    if result is None:
        return "nil"
    text = str(result)
    if len(text) <= 60:
        return text
    return f"#{len(text)}:{text[:10]}:{text[-10:]}:{fnv(text):016x}"


def bits(number):
    return f"{struct.unpack('>Q', struct.pack('>d', number))[0]:016x}"


def quotient_as_double(numerator, denominator):
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf if (numerator > 0) == (denominator > 0) else -math.inf


rows = set()


def row(operation, operands, results):
    fields = [operation, *map(str, operands), *map(written, results)]
    line = "\t".join(fields)
    if line not in rows:
        rows.add(line)
        print(line)


# Operands.


def small():
    choice = random.randrange(6)
    if choice == 0:
        return str(random.randint(-10, 10))
    if choice == 1:
        return str(random.randint(-1000, 1000))
    if choice == 2:
        return str(random.choice([1, -1]) * (2 ** random.choice([31, 32, 63, 64]) + random.randint(-2, 2)))
    return str(random.randint(-(2**63), 2**63 - 1) >> random.randrange(63))


def powers():
    count = random.randint(1, 5)
    widest = random.choice([70, 130, 600, 6000])
    text = ""
    for index in range(count):
        sign = random.choice("+-") if index else random.choice(["", "-"])
        place = random.randrange(widest) if random.random() < 0.5 else 32 * random.randrange(widest // 32)
        text += f"{sign}2^{place}"
    if random.random() < 0.5:
        text += random.choice(["+1", "-1"])
    return text


def generated(least=20, most=6000):
    count = int(math.exp(random.uniform(math.log(least), math.log(most))))
    return random.choice(["", "-"]) + f"@{count}:{random.randrange(10**6)}"


def integer():
    return random.choice([small, small, powers, powers, generated, generated, generated])()


def nonzero(make=integer):
    while True:
        text = make()
        if value(text) != 0:
            return text


def shared(count):
    """Operands with a long common factor."""
    factor = nonzero(generated)
    return [f"{factor}*{nonzero(generated)}" for _ in range(count)]


def rational(most=400):
    choice = random.randrange(4)
    if choice == 0:
        return f"{random.randint(-50, 50)}/{random.choice([1, 2, 3, 4, 5, 6, 8, 9, 10, 12, -7])}"
    if choice == 1:
        return f"{small()}/{nonzero(small)}"
    if choice == 2:
        return f"{generated(5, most)}/{nonzero(lambda: generated(5, most))}"
    return f"{powers()}/{nonzero(powers)}"


# Integers.

for _ in range(180):
    a, b = integer(), integer()
    row("add", [a, b], [value(a) + value(b)])
    a, b = integer(), integer()
    row("subtract", [a, b], [value(a) - value(b)])
    a, b = integer(), integer()
    row("compare", [a, b], [(value(a) > value(b)) - (value(a) < value(b))])

for _ in range(300):
    a, b = integer(), integer()
    row("multiply", [a, b], [value(a) * value(b)])

for _ in range(60):
    a, b = generated(1000, 9000), generated(1000, 9000)
    row("multiply", [a, b], [value(a) * value(b)])
    a = generated(1000, 9000)
    row("multiply", [a, a], [value(a) * value(a)])


def truncated(a, b):
    quotient = abs(a) // abs(b)
    quotient = quotient if (a < 0) == (b < 0) else -quotient
    return quotient, a - quotient * b


for index in range(400):
    if index % 3 == 0:
        a, b = nonzero(lambda: generated(1000, 12000)), nonzero(lambda: generated(20, 6000))
    else:
        a, b = integer(), nonzero()
    row("divide", [a, b], truncated(value(a), value(b)))
    row("floor-divide", [a, b], [value(a) // value(b)]) if index % 4 == 0 else None
row("divide", ["17", "0"], [None, None])

for index in range(250):
    a, b = shared(2) if index % 2 else (integer(), integer())
    row("gcd", [a, b], [math.gcd(value(a), value(b))])

for _ in range(200):
    a = integer()
    exponent = random.choice([0, 1, 2, 3, 5, 10, 33, 100, 1000])
    limit = random.choice([1, 64, 1000, 20000, 60000])
    base = value(a)
    result = None
    if base.bit_length() * exponent <= 10**6:
        result = base**exponent
        if result.bit_length() > limit:
            result = None
    elif abs(base) <= 1:
        result = base**exponent
    row("power", [a, exponent, limit], [result])
    if result is not None and exponent >= 1 and abs(base) > 1:
        exact = result.bit_length()
        row("power", [a, exponent, exact], [result])
        row("power", [a, exponent, exact - 1], [None])

for _ in range(150):
    a = integer()
    count = random.choice([0, 1, 31, 32, 63, 64, 65, random.randrange(3000)])
    sign = -1 if value(a) < 0 else 1
    row("shift-left", [a, count], [sign * (abs(value(a)) << count)])
    row("shift-right", [a, count], [sign * (abs(value(a)) >> count)])
    row("bit-width", [a], [value(a).bit_length()])

for _ in range(120):
    a = integer()
    number = abs(value(a))
    row("print", [a], [value(a)])
    row("square-root", [a], [math.isqrt(number) if value(a) >= 0 else None])
    exact = f"{a}*{a}" if "^" not in a else str(number * number)
    row("square-root", [exact], [number])


def integer_root(number, degree):
    if number < 0:
        root = integer_root(-number, degree) if degree % 2 else None
        return None if root is None else -root
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= number:
            low = middle
        else:
            high = middle - 1
    return low if low**degree == number else None


for _ in range(150):
    a = random.choice([small, lambda: generated(5, 200)])()
    degree = random.choice([1, 2, 3, 4, 5, 7, 12, 64])
    power = value(a) ** degree
    for number in {power, power + 1, power - 1}:
        if len(str(number)) < 900:
            row("root", [number, degree], [integer_root(number, degree)])

for _ in range(150):
    a = integer()
    row("integer-double", [a], [bits(quotient_as_double(value(a), 1))])
for _ in range(150):
    # Near halfway between two doubles.
    mantissa = random.getrandbits(53) | 1 << 52
    shift = random.randrange(1, 970)
    number = (2 * mantissa + 1 << shift) + random.choice([-1, 0, 0, 1])
    if random.random() < 0.1:
        number = (1 << 1024) - (1 << 970) + random.choice([-1, 0, 1])
    row("integer-double", [number], [bits(quotient_as_double(number, 1))])

# Rationals.

for _ in range(150):
    a, b = rational(), rational()
    left, right = fraction(a), fraction(b)
    row("rational-add", [a, b], [left + right])
    row("rational-subtract", [a, b], [left - right])
    row("rational-multiply", [a, b], [left * right])
    row("rational-divide", [a, b], [left / right if right else None])
    row("rational-compare", [a, b], [(left > right) - (left < right)])
    row("rational-floor", [a], [left.numerator // left.denominator])

for _ in range(100):
    a, exponent = rational(60), random.choice([-7, -3, -2, -1, 0, 1, 2, 3, 8])
    base = fraction(a)
    row("rational-power", [a, exponent], [base**exponent if base or exponent >= 0 else None])
    degree = random.choice([2, 3, 5])
    power = base**degree
    if len(str(power)) < 500:
        top = integer_root(power.numerator, degree)
        row("rational-root", [power, degree], [Fraction(top, integer_root(power.denominator, degree))])
        row("rational-root", [power + 1, degree], [
            None
            if None in (roots := (integer_root((power + 1).numerator, degree),
                                  integer_root((power + 1).denominator, degree)))
            else Fraction(*roots)
        ])

for _ in range(300):
    a = rational(900)
    row("rational-double", [a], [bits(quotient_as_double(fraction(a).numerator, fraction(a).denominator))])
for _ in range(200):
    # Halfway between doubles, subnormal ones too, and a little beside.
    mantissa = random.getrandbits(random.choice([1, 20, 51, 52, 53]))
    exponent = random.randrange(1000, 1080)
    number = Fraction(2 * mantissa + 1, 2 ** exponent)
    number += random.choice([0, 0, Fraction(1, 2**1300), -Fraction(1, 2**1300)])
    number *= random.choice([1, -1])
    row("rational-double", [number], [bits(quotient_as_double(number.numerator, number.denominator))])

for _ in range(200):
    pattern = random.getrandbits(64) if random.random() < 0.7 else random.getrandbits(52)
    number = struct.unpack(">d", struct.pack(">Q", pattern))[0]
    row("from-double", [f"{pattern:016x}"], [Fraction(number) if math.isfinite(number) else None])

# Decimals.


def decimal_text():
    whole = "".join(random.choices("0123456789", k=random.choice([0, 1, 1, 2, 5, 30])))
    part = "".join(random.choices("0123456789", k=random.choice([0, 1, 2, 5, 30])))
    if not whole and not part:
        whole = "0"
    text = random.choice(["", "", "-", "+"]) + whole + ("." + part if part else random.choice(["", "."]))
    if random.random() < 0.4:
        text += random.choice("eE") + str(random.randint(-60, 60))
    return text


for _ in range(200):
    text = decimal_text()
    row("read-decimal", [text], [Fraction(text)])
for text in ["", ".", "-", "+.", "e5", "1e", "1e+", "1.2.3", "0x10", "1 ", " 1", "1e5.0", "--1",
             "1_000", "inf", "nan", "1e10001", "1e-10001", "1e99999999999999999999", "½", "１"]:
    row("read-decimal", [text], [None])
for text in ["1e10000", "1e-10000"]:
    row("read-decimal", [text], [Fraction(text)])


def fixed(number, places):
    scaled = round(number * 10**places)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = digits if places == 0 else digits[:-places] + "." + digits[-places:]
    return "-" + text if scaled < 0 else text


def significant(number, count):
    if number == 0:
        return fixed(number, count - 1)
    context = decimal.Context(prec=count, rounding=decimal.ROUND_HALF_EVEN,
                              Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
    rounded = context.divide(decimal.Decimal(number.numerator), decimal.Decimal(number.denominator))
    digits = "".join(map(str, rounded.as_tuple().digits)).ljust(count, "0")
    exponent = rounded.adjusted()
    sign = "-" if number < 0 else ""
    if exponent < -6 or exponent >= count:
        return sign + digits[0] + ("." + digits[1:] if count > 1 else "") + "e" + str(exponent)
    if exponent < 0:
        return sign + "0." + "0" * (-exponent - 1) + digits
    return sign + digits[:exponent + 1] + ("." + digits[exponent + 1:] if count > exponent + 1 else "")


def finite(number):
    rest, places = number.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    return fixed(number, places) if rest == 1 else None


for index in range(300):
    if index % 3 == 0:
        text = str(Fraction(random.randint(-10**6, 10**6), 2 * 10**random.randrange(8)))
    elif index % 3 == 1:
        text = str(Fraction(10**random.randrange(30) * random.choice([1, -1]))
                   - Fraction(random.randint(0, 9), 10**random.randrange(12)))
    else:
        text = rational(800)
    number = fraction(text)
    places, count = random.choice([0, 1, 2, 5, 20, 200]), random.choice([1, 2, 3, 6, 17, 100])
    row("places", [text, places], [fixed(number, places)])
    row("significant", [text, count], [significant(number, count)])
    row("terminating", [text], [finite(number)])
for twos, fives in [(0, 700), (700, 0), (3, 500), (500, 3), (64, 27), (63, 28), (1, 31)]:
    text = str(Fraction(7, 2**twos * 5**fives))
    row("terminating", [text], [finite(fraction(text))])
    text = str(Fraction(7, 3 * 2**twos * 5**fives))
    row("terminating", [text], [None])

for _ in range(200):
    number = fraction(rational(30)) if random.random() < 0.4 else Fraction(
        random.randint(-10**5, 10**5), random.choice([1, 2, 3, 7, 8, 1000]))
    unit = random.choice([-4, -2, -1, 0, 1, 3])
    step = Fraction(10)**unit
    tick = round(number / step) + random.choice([-1, 0, 0, 0, 1])
    if unit < 0:
        text = fixed(tick * step, -unit)
    else:
        text = str(tick) + (f"e{unit}" if unit else "")
    row("rounds", [number, text], [str(abs(number - tick * step) * 2 <= step).lower()])
