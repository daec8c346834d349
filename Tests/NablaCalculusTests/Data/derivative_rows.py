"""The rows of the corpus: what is differentiated, by what, and where; no values."""

# Built-in functions: name and two points of the domain.
BUILT_IN = [
    ("exp", "3/10", "-6/5"), ("log", "7/10", "5/2"), ("sqrt", "2/3", "9/5"),
    ("sin", "4/5", "-13/10"), ("cos", "4/5", "-13/10"), ("tan", "3/5", "-7/5"),
    ("cot", "3/5", "-7/5"), ("sec", "3/5", "-2/5"), ("csc", "3/5", "-7/5"),
    ("sinh", "9/10", "-1/2"), ("cosh", "9/10", "-1/2"), ("tanh", "9/10", "-1/2"),
    ("coth", "9/10", "-1/2"), ("sech", "9/10", "-1/2"), ("csch", "9/10", "-1/2"),
    ("asin", "3/10", "-7/10"), ("acos", "3/10", "-7/10"), ("atan", "3/2", "-7/10"),
    ("acot", "3/2", "-7/10"), ("asec", "3/2", "-9/4"), ("acsc", "3/2", "-9/4"),
    ("asinh", "3/2", "-7/10"), ("acosh", "3/2", "14/5"), ("atanh", "3/10", "-7/10"),
    ("acoth", "3/2", "-9/4"), ("asech", "3/10", "7/10"), ("acsch", "3/2", "-7/10"),
    ("sigmoid", "3/2", "-2/5"), ("softplus", "3/2", "-2/5"), ("ReLU", "3/2", "-2/5"),
    ("erf", "3/5", "-6/5"), ("abs", "3/2", "-2/5"), ("sign", "3/2", "-2/5"),
    ("step", "3/2", "-2/5"),
]

# Second and third orders; the inner function is not the identity everywhere.
HIGHER = [
    ("exp(2*x)", "x x", "3/10"), ("log(x)", "x x x", "7/10"), ("sqrt(x)", "x x", "9/5"),
    ("sin(3*x)", "x x x", "2/5"), ("cos(x^2)", "x x", "4/5"), ("tan(x)", "x x", "3/5"),
    ("cot(x)", "x x", "3/5"), ("sec(x)", "x x", "3/5"), ("csc(x)", "x x", "3/5"),
    ("sinh(x)", "x x x", "9/10"), ("cosh(2*x)", "x x", "1/2"), ("tanh(x)", "x x", "9/10"),
    ("tanh(x)", "x x x", "-1/2"), ("coth(x)", "x x", "9/10"), ("sech(x)", "x x", "9/10"),
    ("csch(x)", "x x", "-1/2"), ("asin(x)", "x x", "3/10"), ("acos(x)", "x x", "-7/10"),
    ("atan(x)", "x x", "3/2"), ("atan(x)", "x x x", "-7/10"), ("acot(x)", "x x", "3/2"),
    ("asec(x)", "x x", "-9/4"), ("acsc(x)", "x x", "3/2"), ("asinh(x)", "x x", "-7/10"),
    ("acosh(x)", "x x", "3/2"), ("atanh(x)", "x x", "3/10"), ("acoth(x)", "x x", "9/4"),
    ("asech(x)", "x x", "3/10"), ("acsch(x)", "x x", "-7/10"), ("sigmoid(x)", "x x", "3/2"),
    ("sigmoid(x)", "x x x", "-2/5"), ("softplus(x)", "x x", "3/2"),
    ("softplus(x)", "x x x", "-2/5"), ("erf(x)", "x x", "3/5"), ("erf(x)", "x x x", "-6/5"),
    ("ReLU(x)^3", "x x", "3/2"), ("ReLU(x)^3", "x x", "-2/5"), ("abs(x)", "x x", "-2/5"),
    ("x*abs(x)", "x x", "-2/5"), ("x^5", "x x x", "-3/2"), ("1/x", "x x x", "-3/2"),
    ("x*exp(x)", "x x x", "3/10"),
]

# Expression, variables, point; undeclared names are scalars.
SCALAR = {
    "arithmetic": [
        ("7", "x", "x=1/2"), ("y", "x", "x=1/2 y=3"), ("-x^2", "x", "x=3/2"),
        ("x - (y - x)", "x", "x=1/2 y=3"), ("3*x^2 - 4*x + 1", "x", "x=-2/5"),
        ("(x + 1)/(x^2 + 1)", "x", "x=3/5"), ("x/y/z", "y", "x=2 y=3/2 z=-1/2"),
        ("(x*y - z)/(x + y*z)", "z", "x=2 y=3/2 z=1/2"), ("x/(1 + x/(1 + x))", "x", "x=4/5"),
        ("(2*x + 1)^7", "x", "x=-4/5"), ("(x^2 + 1)^(-3)", "x", "x=1/2"),
        ("x^(2/3)", "x", "x=27/10"), ("1/sqrt(x^2 + 1)", "x", "x=4/3"),
        ("x^2*y^3*z", "x y z", "x=2/3 y=-3/2 z=5"), ("x^3*y^2", "x x y", "x=2/3 y=-3/2"),
        ("exp(x*y)", "x y", "x=2/5 y=-1/2"), ("sin(x*y)", "x x y", "x=2/5 y=7/5"),
        ("log(x^2 + y^2)", "x y", "x=3/5 y=4/5"), ("x/(x + y)", "x y", "x=3/5 y=4/5"),
        ("e^(2*x) + pi*x", "x", "x=1/4"), ("sqrt(x + sqrt(x))", "x", "x=9/4"),
    ],
    "power": [
        ("2^x", "x", "x=7/5"), ("2^(x^2)", "x x", "x=3/5"), ("x^2^x", "x", "x=6/5"),
        ("(1/2)^x", "x", "x=-3/2"),
    ],
    "activation": [
        ("x*(1 + erf(x/sqrt(2)))/2", "x", "x=4/5"), ("x*(1 + erf(x/sqrt(2)))/2", "x x", "x=-3/5"),
        ("x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))", "x", "x=4/5"),
        ("x*sigmoid(x)", "x", "x=-6/5"), ("x*sigmoid(x)", "x x", "x=7/10"),
        ("x*sigmoid(beta*x)", "beta", "x=7/10 beta=3/2"),
        ("x*sigmoid(beta*x)", "x beta", "x=7/10 beta=3/2"),
        ("x*tanh(softplus(x))", "x", "x=3/10"), ("x*tanh(log(1 + exp(x)))", "x x", "x=-9/10"),
        ("piecewise(x > 0: x, else: alpha*(exp(x) - 1))", "x", "x=-4/5 alpha=1.5"),
        ("piecewise(x > 0: x, else: alpha*(exp(x) - 1))", "x", "x=4/5 alpha=1.5"),
        ("piecewise(x > 0: x, else: alpha*(exp(x) - 1))", "x alpha", "x=-4/5 alpha=1.5"),
        ("1.0507*piecewise(x > 0: x, else: 1.67326*(exp(x) - 1))", "x", "x=-1/2"),
        ("1.0507*piecewise(x > 0: x, else: 1.67326*(exp(x) - 1))", "x", "x=1/2"),
        ("max(0, x) + min(0, alpha*(exp(x/alpha) - 1))", "x", "x=-4/5 alpha=3/2"),
        ("max(0, x) + min(0, alpha*(exp(x/alpha) - 1))", "alpha", "x=-4/5 alpha=3/2"),
        ("max(x, 0.01*x)", "x", "x=-4/5"), ("max(x, 0.01*x)", "x", "x=4/5"),
        ("max(0, x) + a*min(0, x)", "a", "x=-4/5 a=0.25"), ("x/(1 + abs(x))", "x", "x=-4/5"),
        ("x/(1 + abs(x))", "x x", "x=3/2"), ("max(-1, min(1, x))", "x", "x=2/5"),
        ("max(-1, min(1, x))", "x", "x=7/5"), ("max(0, min(1, x/6 + 1/2))", "x", "x=-4/5"),
        ("x*min(max(x + 3, 0), 6)/6", "x", "x=4/5"), ("min(ReLU(x), 6)", "x", "x=13/2"),
        ("log(1 + exp(beta*x))/beta", "x", "x=2/5 beta=3"),
        ("log(1 + exp(beta*x))/beta", "beta", "x=2/5 beta=3"),
        ("log(x/(1 - x))", "x", "x=3/10"), ("log(x/(1 - x))", "x x", "x=3/10"),
        ("sigmoid(log(x/(1 - x)))", "x", "x=3/10"), ("-softplus(-x)", "x", "x=-7/10"),
        ("x - tanh(x)", "x", "x=7/10"), ("exp(-x^2)", "x x", "x=3/5"),
        ("piecewise(x > 1/2: x - 1/2, x < -1/2: x + 1/2, else: 0)", "x", "x=-9/10"),
        ("piecewise(x > 1/2: x - 1/2, x < -1/2: x + 1/2, else: 0)", "x", "x=1/5"),
        ("(sqrt(x^2 + 1) - 1)/2 + x", "x", "x=-3/4"), ("x/sqrt(1 + a*x^2)", "a", "x=4/5 a=2"),
        ("(x + sqrt(x^2 + b))/2", "x", "x=-3/5 b=1/4"), ("ReLU(x)^2", "x", "x=3/5"),
        ("x + sin(a*x)^2/a", "x", "x=3/5 a=2"), ("a*sigmoid(b)", "b", "a=-3/2 b=4/5"),
        ("1.7159*tanh(2/3*x)", "x", "x=3/5"),
    ],
    "loss": [
        ("(p - y)^2/2", "p", "p=3/10 y=1"), ("abs(p - y)", "p", "p=3/10 y=1"),
        ("piecewise(abs(y - p) <= c: (y - p)^2/2, else: c*(abs(y - p) - c/2))", "p",
         "p=3/10 y=1 c=1"),
        ("piecewise(abs(y - p) <= c: (y - p)^2/2, else: c*(abs(y - p) - c/2))", "p",
         "p=-3/2 y=1 c=1"),
        ("piecewise(abs(y - p) <= c: (y - p)^2/2, else: c*(abs(y - p) - c/2))", "c",
         "p=-3/2 y=1 c=1"),
        ("log(1 + exp(-y*z))", "z", "y=-1 z=4/5"), ("log(1 + exp(-y*z))", "z z", "y=1 z=4/5"),
        ("-(y*log(p) + (1 - y)*log(1 - p))", "p", "y=1/4 p=3/5"),
        ("-(y*log(p) + (1 - y)*log(1 - p))", "p p", "y=1 p=3/5"),
        ("-(y*log(sigmoid(z)) + (1 - y)*log(1 - sigmoid(z)))", "z", "y=1 z=-4/5"),
        ("max(z, 0) - z*y + log(1 + exp(-abs(z)))", "z", "y=1 z=-4/5"),
        ("-(1 - p)^gamma*log(p)", "p", "p=3/5 gamma=2"),
        ("-(1 - p)^gamma*log(p)", "gamma", "p=3/5 gamma=2"),
        ("-(1 - p)^gamma*log(p)", "p gamma", "p=3/5 gamma=3/2"),
        ("max(0, 1 - y*z)", "z", "y=-1 z=2/5"), ("max(0, 1 - y*z)", "z", "y=1 z=8/5"),
        ("max(0, 1 - y*z)^2", "z", "y=1 z=2/5"), ("max(0, 1 - y*z)^2", "z z", "y=-1 z=2/5"),
        ("p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))", "q", "p=3/10 q=3/5"),
        ("p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))", "p", "p=3/10 q=3/5"),
        ("exp(s) - y*s", "s", "s=2/5 y=3"), ("p - y*log(p)", "p p", "p=7/2 y=3"),
        ("log(2*pi*s^2)/2 + (y - m)^2/(2*s^2)", "m", "y=1 m=3/10 s=4/5"),
        ("log(2*pi*s^2)/2 + (y - m)^2/(2*s^2)", "s", "y=1 m=3/10 s=4/5"),
        ("log(2*pi*s^2)/2 + (y - m)^2/(2*s^2)", "m s", "y=1 m=3/10 s=4/5"),
        ("(v + (y - m)^2*exp(-v))/2", "v", "y=1 m=3/10 v=-1/2"),
        ("log(2*b) + abs(y - m)/b", "b", "y=1 m=3/10 b=1/2"),
        ("y*u^2 + (1 - y)*max(0, m - u)^2", "u", "y=0 u=2/5 m=1"),
        ("y*u^2 + (1 - y)*max(0, m - u)^2", "u", "y=1 u=2/5 m=1"),
        ("max(0, u - v + m)", "v", "u=3/5 v=1/2 m=1/5"), ("log(cosh(p - y))", "p", "p=3/10 y=1"),
        ("max(q*(y - p), (q - 1)*(y - p))", "p", "p=3/10 y=1 q=9/10"),
        ("max(q*(y - p), (q - 1)*(y - p))", "p", "p=3/2 y=1 q=9/10"),
        ("log(1 + ((y - p)/c)^2)", "p", "p=3/10 y=1 c=2"),
        ("1 - exp(-((y - p)/c)^2/2)", "p", "p=3/10 y=1 c=2"),
        ("1 - 2*p*y/(p + y + s)", "p", "p=3/10 y=1 s=1/10"),
    ],
    "composition": [
        ("exp(sin(x^2)*tanh(x))", "x", "x=7/10"), ("exp(sin(x^2)*tanh(x))", "x x x", "x=7/10"),
        ("sin(cos(tan(x)))", "x", "x=2/5"), ("log(log(log(x)))", "x", "x=20"),
        ("sigmoid(sigmoid(sigmoid(x)))", "x", "x=-1/3"), ("tanh(tanh(tanh(x)))", "x x", "x=1/3"),
        ("exp(exp(exp(x)))", "x", "x=-1/2"), ("atan(sinh(x))", "x", "x=3/5"),
        ("asin(tanh(x))", "x", "x=3/5"), ("log(x + sqrt(x^2 + 1))", "x", "x=-3/5"),
        ("sqrt(1 + sin(x)^2)", "x x", "x=5/4"), ("log(abs(cos(x)))", "x", "x=2"),
        ("log(sec(x) + tan(x))", "x", "x=2/5"), ("(x^2 + 1)^(1/3)/(x - 1)^2", "x", "x=3"),
        ("x*y/(x^2 + y^2)", "x y", "x=1 y=2"), ("atan(y/x)", "x y", "x=1 y=2"),
        ("(sin(x)*f + x)*sin(sin(x)*f + x)", "f", "x=1/5 f=2"),
        ("ReLU(w*ReLU(v*x + b) + c)", "v", "w=3/2 v=2 x=4/5 b=-1/5 c=1/10"),
        ("w*ReLU(v*x + b) + x", "x", "w=0.5 v=-0.3 x=1 b=0.4"),
        ("(sigmoid(w*tanh(v*x)) - y)^2/2", "v", "w=3/2 v=2 x=2/5 y=1"),
        ("(sigmoid(w*tanh(v*x)) - y)^2/2", "v w", "w=3/2 v=2 x=2/5 y=1"),
        ("erf(x/sqrt(2*t))", "t", "x=3/5 t=1/2"),
        ("exp(-x^2/(4*t))/sqrt(4*pi*t)", "x x", "x=3/5 t=1/2"),
        ("exp(-x^2/(4*t))/sqrt(4*pi*t)", "t", "x=3/5 t=1/2"),
        ("acosh(1 + x^2)", "x", "x=3/5"), ("atanh(x/y)", "y", "x=1/2 y=2"),
        ("acsc(1 + exp(x))", "x", "x=1/3"), ("asech(sigmoid(x))", "x", "x=1/3"),
    ],
    "piecewise": [
        ("piecewise(x < 0: x^2, x > 1: 2*x - 1, else: sin(x))", "x", "x=-3/5"),
        ("piecewise(x < 0: x^2, x > 1: 2*x - 1, else: sin(x))", "x", "x=2/5"),
        ("piecewise(x < 0: x^2, x > 1: 2*x - 1, else: sin(x))", "x x", "x=2/5"),
        ("piecewise(x > 0 and y > 0: x*y, else: x + y)", "x", "x=2/5 y=3"),
        ("piecewise(x > 0 and y > 0: x*y, else: x + y)", "x", "x=2/5 y=-3"),
        ("piecewise(x < 0 or y < 0: x*y^2, else: x + y)", "y", "x=2/5 y=-3"),
        ("1[x > 0]*x^2", "x", "x=2/5"), ("1[x > 0]*x^2", "x", "x=-2/5"),
        ("1[x^2 < y]*exp(x) + 1[x^2 >= y]*x", "x", "x=2/5 y=1"), ("1[x > 0]", "x", "x=2/5"),
        ("step(x - 1)*(x - 1)^3", "x x", "x=9/5"), ("sign(x)*sqrt(abs(x))", "x", "x=-9/4"),
        ("abs(x^2 - 1)", "x", "x=3/5"), ("abs(x)^3", "x x", "x=-3/5"),
        ("max(x^2, y^3)", "y", "x=1/2 y=4/5"), ("max(x^2, y^3)", "y", "x=3/2 y=4/5"),
        ("min(exp(x), 1 + x + x^2)", "x", "x=1/2"), ("max(sin(x), cos(x))", "x x", "x=1/5"),
        ("max(max(x, y), z)", "y", "x=1 y=2 z=3/2"), ("ReLU(x)*ReLU(-x)", "x", "x=3/2"),
        ("min(x, y)*max(x, y)", "x", "x=2/5 y=3"),
        ("piecewise(x > 0: log(x), else: x)", "x", "x=-2"),
    ],
    "prime": [
        ("sigmoid'(x)", "x", "x=4/5"), ("tanh''(x^2)", "x", "x=4/5"), ("x*sin'(2*x)", "x", "x=4/5"),
        ("softplus'(x)^2", "x", "x=-1/2"),
    ],
    "inner derivative": [
        ("diff(x^3*y, x)", "y", "x=4/5 y=2"), ("diff(sin(x*y), x, 2)", "x", "x=4/5 y=2"),
        ("diff(exp(x*y), x, y)", "x", "x=4/5 y=1/2"), ("x*diff(tanh(x), x)", "x", "x=4/5"),
    ],
}

# Declarations, expression, variables, point.
POSITIVE = "scalar a positive; scalar x positive"
DECLARED = {
    "power": [
        (POSITIVE, "x^x", "x", "a=1 x=3/2"), (POSITIVE, "x^x", "x x", "a=1 x=3/2"),
        (POSITIVE, "a^x", "x", "a=5/2 x=4/5"), (POSITIVE, "a^x", "a", "a=5/2 x=4/5"),
        (POSITIVE, "a^x", "a x", "a=5/2 x=4/5"), (POSITIVE, "x^a", "x", "a=5/2 x=4/5"),
        (POSITIVE, "x^a", "x x", "a=5/2 x=4/5"), (POSITIVE, "x^(1/x)", "x", "a=1 x=3/2"),
        (POSITIVE, "x^sin(x)", "x", "a=1 x=3/2"), (POSITIVE, "(x^x)^x", "x", "a=1 x=3/2"),
        (POSITIVE, "x^(a*log(x))", "x", "a=2 x=3/2"), (POSITIVE, "a^(x^2)", "x x", "a=5/2 x=4/5"),
        (POSITIVE, "(1 + 1/x)^x", "x", "a=1 x=3"), (POSITIVE, "sin(x)^cos(x)", "x", "a=1 x=4/5"),
        (POSITIVE, "log(x)/log(a)", "a", "a=5/2 x=4/5"),
    ],
}

VECTORS = "dimension N = 4; index i, j, k, l = 1..N; vector h[N], y[N]"
H = "h=[0.1, -0.4, 0.7, 0.2]"
Y = "y=[0, 1/4, 1/2, 1/4]"
X_ONLY = "dimension N = 4; index i, j, k, l = 1..N; vector x[N]"
X = "x=[0.6, -1.1, 0.3, 1.4]"
X_ZERO = "x=[0.6, 0, 0.3, 1.4]"
CLASS = "dimension K = 4; index j, k = 1..K; class y = 1..K; vector h[K]"
TEMPERED = VECTORS + "; scalar t positive"
PAIRS = "dimension N = 3; dimension D = 2; index i, j = 1..N; index k, l = 1..D; "

DECLARED |= {
    "sum": [
        (X_ONLY, "sum(k, x[k]^2)", "x[2]", X), (X_ONLY, "sum(k, x[k]^3)", "x[i]", X + " i=3"),
        (X_ONLY, "sum(k, x[k])^2", "x[1] x[3]", X), (X_ONLY, "sum(k, sin(x[k]))*x[1]", "x[1]", X),
        (X_ONLY, "sum(k, x[k])/N", "x[4]", X), (X_ONLY, "sum(k = 1..N, exp(x[k]))", "x[2]", X),
        (X_ONLY, "sqrt(sum(k, x[k]^2))", "x[2]", X), (X_ONLY, "sqrt(sum(k, x[k]^2))", "x[i] x[j]",
                                                     X + " i=1 j=3"),
        (X_ONLY, "x[i]/sqrt(sum(k, x[k]^2))", "x[j]", X + " i=2 j=2"),
        (X_ONLY, "x[i]/sqrt(sum(k, x[k]^2))", "x[j]", X + " i=2 j=4"),
        (X_ONLY, "sum(i, j, x[i]*x[j])", "x[2]", X),
        (X_ONLY, "sum(i, j, (x[i] - x[j])^2)/(2*N^2)", "x[1]", X),
        (X_ONLY, "sum(i, j, x[i]^2*x[j])", "x[1] x[2]", X),
        (X_ONLY, "sum(i, x[i]*sum(j, exp(x[i]*x[j])))", "x[k]", X + " k=3"),
        (X_ONLY, "sum(i, sum(j, abs(x[i] - x[j] + 1/20)))", "x[2]", X),
        (X_ONLY, "sum(k, (x[k] - sum(l, x[l])/N)^2)/N", "x[1]", X),
        (X_ONLY, "sum(k, (x[k] - sum(l, x[l])/N)^2)/N", "x[i] x[j]", X + " i=2 j=2"),
        (X_ONLY, "sum(k, max(0, x[k]))", "x[2]", X), (X_ONLY, "sum(k, abs(x[k]))", "x[2]", X),
        (X_ONLY + "; scalar a", "sum(k, (a - x[k])^2)", "a", X + " a=1/2"),
        (X_ONLY + "; scalar a", "sum(k, log(1 + a^2*x[k]^2))", "a a", X + " a=1/2"),
        ("dimension N = 4; index k = 0..N-1; vector c[0..N-1]; scalar x",
         "sum(k, c[k]*sin(c[k]*x))", "c[0]", "c=[0.6, -1.1, 0.3, 1.4] x=2/3"),
    ],
    "left-out index": [
        (X_ONLY, "sum(k != i, x[k]^2)", "x[2]", X + " i=2"),
        (X_ONLY, "sum(k != i, x[k]^2)", "x[j]", X + " i=2 j=3"),
        (X_ONLY, "sum(k != i, 1/(x[k] - x[i]))", "x[i]", X + " i=3"),
        (X_ONLY, "sum(k != i, 1/(x[k] - x[i]))", "x[j]", X + " i=3 j=1"),
        (X_ONLY, "sum(i, sum(j != i, x[i]*x[j]^2))", "x[3]", X),
        (X_ONLY, "sum(i, sum(j != i, log(abs(x[i] - x[j]))))", "x[3]", X),
        (CLASS, "sum(k != y, max(0, 1 + h[k] - h[y]))", "h[y]", H + " y=3"),
        (CLASS, "sum(k != y, max(0, 1 + h[k] - h[y]))", "h[1]", H + " y=3"),
        (X_ONLY, "product(k != i, x[i] - x[k])", "x[i]", X + " i=2"),
        (X_ONLY, "product(k != i, x[i] - x[k])", "x[j]", X + " i=2 j=4"),
    ],
    "product": [
        (X_ONLY, "product(k, x[k])", "x[2]", X), (X_ONLY, "product(k, x[k])", "x[2]", X_ZERO),
        (X_ONLY, "product(k, x[k])", "x[1]", X_ZERO),
        (X_ONLY, "product(k, x[k])", "x[i] x[j]", X_ZERO + " i=2 j=3"),
        (X_ONLY, "product(k, x[k])", "x[i] x[j]", X + " i=2 j=2"),
        (X_ONLY, "product(k, 1 + x[k]^2)", "x[3]", X),
        (X_ONLY, "log(product(k, 1 + x[k]^2))", "x[i]", X + " i=2"),
        (X_ONLY, "product(k, sigmoid(x[k]))", "x[4]", X),
        (X_ONLY, "product(i, sum(j, x[i]*x[j] + 1))",
                                                          "x[1]", X),
        (X_ONLY + "; scalar t", "product(k, t - x[k])", "t", X + " t=1/2"),
        (X_ONLY + "; scalar t", "product(k, t - x[k])", "t t", X + " t=1/2"),
    ],
    "delta": [
        (X_ONLY, "sum(j, delta(i, j)*x[j]^2)", "x[2]", X + " i=2"),
        (X_ONLY, "sum(j, delta(i, j)*x[j]^2)", "x[2]", X + " i=3"),
        (X_ONLY, "(delta(i, j) - x[i])*x[j]", "x[j]", X + " i=2 j=2"),
        (X_ONLY, "(delta(i, j) - x[i])*x[j]", "x[k]", X + " i=2 j=4 k=2"),
        (X_ONLY, "sum(i, j, delta(i, j)*x[i]*x[j])", "x[4]", X),
        (X_ONLY, "sum(k, 1[k != i]*x[k]^3)", "x[1]", X + " i=2"),
        (X_ONLY, "sum(k, piecewise(k = i: x[k]^2, else: x[k]))", "x[j]", X + " i=2 j=2"),
        (X_ONLY, "piecewise(i = j: x[i]^3, else: x[i]*x[j])", "x[i]", X + " i=2 j=4"),
        (X_ONLY, "sum(k, 1[k <= i]*x[k]^2)", "x[2]", X + " i=3"),
    ],
    "capture": [
        (X_ONLY, "sum(k, x[k]^2)", "x[k]", X + " k=2"),
        (X_ONLY, "x[k]*sum(k, x[k]^2)", "x[k]", X + " k=2"),
        (X_ONLY, "x[i]*sum(i, x[i]*sum(i, x[i]))", "x[i]", X + " i=4"),
        (X_ONLY, "sum(k, x[k]*x[i])", "x[k]", X + " i=1 k=3"),
        (X_ONLY, "sum(k, x[k]*x[i])", "x[k] x[i]", X + " i=1 k=1"),
    ],
    "softmax": [
        (VECTORS, "exp(h[i])/sum(k, exp(h[k]))", "h[i]", f"{H} {Y} i=2"),
        (VECTORS, "exp(h[i])/sum(k, exp(h[k]))", "h[j]", f"{H} {Y} i=2 j=3"),
        (VECTORS, "exp(h[1])/sum(k, exp(h[k]))", "h[1]", f"{H} {Y}"),
        (VECTORS, "exp(h[i])/sum(k, exp(h[k]))", "h[j] h[l]", f"{H} {Y} i=2 j=3 l=4"),
        (VECTORS, "exp(h[i])/sum(k, exp(h[k]))", "h[j] h[l]", f"{H} {Y} i=2 j=2 l=3"),
        (VECTORS, "exp(h[i])/sum(k, exp(h[k]))", "h[i] h[i]", f"{H} {Y} i=1"),
        (VECTORS, "h[i] - log(sum(k, exp(h[k])))", "h[j]", f"{H} {Y} i=2 j=3"),
        (VECTORS, "-sum(j, y[j]*log(exp(h[j])/sum(k, exp(h[k]))))", "h[i]", f"{H} {Y} i=1"),
        (VECTORS, "-sum(j, y[j]*log(exp(h[j])/sum(k, exp(h[k]))))", "h[2]", f"{H} {Y}"),
        (VECTORS, "-sum(j, y[j]*log(exp(h[j])/sum(k, exp(h[k]))))", "h[1] h[3]", f"{H} {Y}"),
        (VECTORS, "-sum(j, y[j]*log(exp(h[j])/sum(k, exp(h[k]))))", "y[2]", f"{H} {Y}"),
        (VECTORS, "-sum(j, y[j]*log(exp(h[j])/sum(k, exp(h[k]))))", "h[i]",
         f"{H} y=[0.2, 0.9, 0.4, -0.3] i=3"),
        (VECTORS, "sum(j, (exp(h[j])/sum(k, exp(h[k])) - y[j])^2)/2", "h[3]", f"{H} {Y}"),
        (CLASS, "-log(exp(h[y])/sum(k, exp(h[k])))", "h[j]", H + " y=3 j=3"),
        (CLASS, "-log(exp(h[y])/sum(k, exp(h[k])))", "h[j]", H + " y=3 j=1"),
        (CLASS, "-(1 - exp(h[y])/sum(k, exp(h[k])))^2*log(exp(h[y])/sum(k, exp(h[k])))", "h[y]",
         H + " y=2"),
        (TEMPERED, "exp(h[i]/t)/sum(k, exp(h[k]/t))", "t", f"{H} {Y} t=3/2 i=3"),
        (TEMPERED, "exp(h[i]/t)/sum(k, exp(h[k]/t))", "h[j]", f"{H} {Y} t=3/2 i=3 j=1"),
        (TEMPERED, "-sum(j, y[j]*log(exp(h[j]/t)/sum(k, exp(h[k]/t))))", "t", f"{H} {Y} t=3/2"),
    ],
    "log-sum-exp": [
        (VECTORS, "log(sum(k, exp(h[k])))", "h[2]", f"{H} {Y}"),
        (VECTORS, "log(sum(k, exp(h[k])))", "h[1] h[1]", f"{H} {Y}"),
        (VECTORS, "log(sum(k, exp(h[k])))", "h[i] h[j]", f"{H} {Y} i=1 j=3"),
        (VECTORS, "log(sum(k, exp(h[k])))", "h[i] h[j]", f"{H} {Y} i=4 j=4"),
        (VECTORS, "log(sum(k, exp(h[k])))", "h[1] h[2] h[3]", f"{H} {Y}"),
        (TEMPERED, "t*log(sum(k, exp(h[k]/t))/N)", "t", f"{H} {Y} t=1/2"),
        (VECTORS, "log(sum(i, j, exp(h[i]*y[j])))", "h[2]", f"{H} {Y}"),
    ],
    "vector loss": [
        (VECTORS, "sum(j, (h[j] - y[j])^2)/N", "h[3]", f"{H} {Y}"),
        (VECTORS, "sum(j, abs(h[j] - y[j]))/N", "h[2]", f"{H} {Y}"),
        (VECTORS, "sum(j, h[j]*y[j])/sqrt(sum(j, h[j]^2)*sum(j, y[j]^2))", "h[1]", f"{H} {Y}"),
        (VECTORS, "sum(j, h[j]*y[j])/(sqrt(sum(j, h[j]^2))*sqrt(sum(j, y[j]^2)))", "h[i]",
         f"{H} {Y} i=3"),
        (VECTORS, "sum(j, exp(h[j]) - y[j]*h[j])", "h[4]", f"{H} {Y}"),
        (VECTORS, "-sum(j, y[j]*log(sigmoid(h[j])) + (1 - y[j])*log(1 - sigmoid(h[j])))", "h[2]",
         f"{H} {Y}"),
        ("dimension N = 3; index i, j = 1..N; vector p[N] probability; vector q[N] probability",
         "sum(j, p[j]*log(p[j]/q[j]))", "q[2]", "p=[0.2, 0.5, 0.3] q=[0.4, 0.4, 0.2]"),
        ("dimension N = 3; index i, j = 1..N; vector p[N] probability; vector q[N] probability",
         "sum(j, p[j]*log(p[j]/q[j]))", "p[i]", "p=[0.2, 0.5, 0.3] q=[0.4, 0.4, 0.2] i=1"),
        ("dimension N = 3; index i, j = 1..N; vector p[N] probability; vector q[N] probability",
         "sum(j, p[j]*log(2*p[j]/(p[j] + q[j])) + q[j]*log(2*q[j]/(p[j] + q[j])))/2", "q[3]",
         "p=[0.2, 0.5, 0.3] q=[0.4, 0.4, 0.2]"),
        ("dimension N = 3; index i = 1..N; vector a[N], p[N], n[N]; scalar m",
         "max(0, sum(i, (a[i] - p[i])^2) - sum(i, (a[i] - n[i])^2) + m)", "a[2]",
         "a=[0.1, 0.9, -0.4] p=[0.3, 0.2, 0.1] n=[0.5, 0.6, -0.7] m=1/2"),
        ("dimension N = 3; index i = 1..N; vector a[N], p[N], n[N]; scalar m",
         "max(0, sum(i, (a[i] - p[i])^2) - sum(i, (a[i] - n[i])^2) + m)", "n[1]",
         "a=[0.1, 0.2, -0.4] p=[0.3, 0.2, 0.1] n=[5, 6, -7] m=1/2"),
        ("dimension N = 3; index i = 1..N; vector a[N], b[N]; scalar s, m",
         "s*sum(i, (a[i] - b[i])^2) + (1 - s)*max(0, m - sqrt(sum(i, (a[i] - b[i])^2)))^2", "a[1]",
         "a=[0.1, 0.2, -0.4] b=[0.3, 0.6, 0.1] s=0 m=2"),
        ("dimension N = 3; index i = 1..N; vector w[N], x[N]; scalar y, b, c",
         "log(1 + exp(-y*(sum(i, w[i]*x[i]) + b))) + c*sum(i, w[i]^2)/2", "w[2]",
         "w=[0.4, -0.3, 0.9] x=[1, 2, -1] y=1 b=1/10 c=1/4"),
    ],
    "kernel": [
        ("dimension N = 3; index k = 1..N; vector x[N], z[N]; scalar g",
         "exp(-g*sum(k, (x[k] - z[k])^2))", "x[2]",
         "x=[0.1, 0.2, -0.4] z=[0.3, 0.6, 0.1] g=3/2"),
        ("dimension N = 3; index k = 1..N; vector x[N], z[N]; scalar g",
         "exp(-g*sum(k, (x[k] - z[k])^2))", "x[1] z[2]",
         "x=[0.1, 0.2, -0.4] z=[0.3, 0.6, 0.1] g=3/2"),
        ("dimension N = 3; index k = 1..N; vector x[N], z[N]; scalar g",
         "exp(-g*sum(k, (x[k] - z[k])^2))", "g g", "x=[0.1, 0.2, -0.4] z=[0.3, 0.6, 0.1] g=3/2"),
        ("dimension N = 3; index k = 1..N; vector x[N], z[N]; scalar c",
         "(sum(k, x[k]*z[k]) + c)^3", "x[3]", "x=[0.1, 0.2, -0.4] z=[0.3, 0.6, 0.1] c=1"),
        ("dimension N = 3; index k = 1..N; vector x[N], z[N]; scalar c",
         "1/sqrt(c^2 + sum(k, (x[k] - z[k])^2))", "x[3] x[3]",
         "x=[0.1, 0.2, -0.4] z=[0.3, 0.6, 0.1] c=1"),
    ],
    "quadratic form": [
        ("dimension N = 3; index i, j, k = 1..N; matrix A[N, N]; vector x[N]",
         "sum(i, j, x[i]*A[i,j]*x[j])", variables,
         "A=[1, 2, -1; 0.5, 3, 0; 4, -2, 1/3] x=[0.6, -1.1, 0.3]" + more)
        for variables, more in [("x[2]", ""), ("x[k]", " k=3"), ("x[1] x[3]", ""),
                                ("x[2] x[2]", ""), ("A[1,3]", ""), ("A[1,3] x[3]", "")]
    ] + [
        ("dimension N = 3; index i, j, k = 1..N; matrix A[N, N]; vector x[N]",
         "sum(i, sum(j, x[i]*A[i,j]*x[j]))/sum(k, x[k]^2)", "x[1]",
         "A=[1, 2, -1; 0.5, 3, 0; 4, -2, 1/3] x=[0.6, -1.1, 0.3]"),
        ("dimension N = 2; index i, j = 1..N; matrix A[N, N]; vector x[N], b[N]",
         "sum(i, (sum(j, A[i,j]*x[j]) - b[i])^2)/2", "A[2,1]",
         "A=[1, 2; 0.5, 3] x=[0.6, -1.1] b=[1, -2]"),
        ("dimension N = 2; index i, j = 1..N; matrix A[N, N]; vector x[N], b[N]",
         "sum(i, (sum(j, A[i,j]*x[j]) - b[i])^2)/2", "x[1] x[2]",
         "A=[1, 2; 0.5, 3] x=[0.6, -1.1] b=[1, -2]"),
    ],
}

ATTENTION = PAIRS + "vector q[D], v[N]; matrix A[N, D]"
ATTENTION_POINT = "q=[0.4, -0.8] v=[1, -0.5, 2] A=[0.3, 0.1; -0.2, 0.7; 0.5, -0.6]"
ATTENTION_WEIGHT = ("exp(sum(k, q[k]*A[i,k])/sqrt(D))"
                    "/sum(j, exp(sum(k, q[k]*A[j,k])/sqrt(D)))")
NORM = "dimension N = 4; index i, j, k, l = 1..N; vector x[N]; scalar g, b; scalar c positive"
NORMALISED = "(x[i] - sum(k, x[k])/N)/sqrt(sum(k, (x[k] - sum(l, x[l])/N)^2)/N + c)"
NETWORK = ("dimension N = 3; dimension D = 2; index i, j = 1..N; index k = 1..D; matrix W[N, D]; "
           "vector x[D], b[N], v[N]; scalar y")
NETWORK_POINT = ("W=[0.3, 0.1; -0.2, 0.7; 0.5, -0.6] x=[0.4, -0.8] b=[0.1, 0.2, -0.3] "
                 "v=[1, -0.5, 2] y=0.7")
NETWORK_LOSS = "(sum(j, v[j]*tanh(sum(k, W[j,k]*x[k]) + b[j])) - y)^2/2"
MATRICES = "dimension N = 3; vector x[N], y[N]; matrix A[N, N], B[N, N]"
MATRICES_POINT = ("x=[0.6, -1.1, 0.3] y=[0.2, 0.5, -0.7] A=[1, 2, -1; 0.5, 3, 0; 4, -2, 1/3] "
                  "B=[0, 1, 2; -1, 0.5, 0; 1, 1, 1]")

DECLARED |= {
    "attention": [
        (ATTENTION, ATTENTION_WEIGHT, "q[1]", ATTENTION_POINT + " i=2"),
        (ATTENTION, ATTENTION_WEIGHT, "A[i,l]", ATTENTION_POINT + " i=2 l=2"),
        (ATTENTION, ATTENTION_WEIGHT, "A[j,l]", ATTENTION_POINT + " i=2 j=3 l=1"),
        (ATTENTION, f"sum(i, v[i]*{ATTENTION_WEIGHT})", "q[2]", ATTENTION_POINT),
        (ATTENTION, f"sum(i, v[i]*{ATTENTION_WEIGHT})", "v[1]", ATTENTION_POINT),
        (ATTENTION, f"sum(i, v[i]*{ATTENTION_WEIGHT})", "q[1] q[2]", ATTENTION_POINT),
        (ATTENTION, f"sum(i, v[i]*{ATTENTION_WEIGHT})", "A[2,1]", ATTENTION_POINT),
    ],
    "layer norm": [
        (NORM, NORMALISED, "x[i]", X + " g=1 b=0 c=1/10 i=2"),
        (NORM, NORMALISED, "x[j]", X + " g=1 b=0 c=1/10 i=2 j=4"),
        (NORM, NORMALISED, "x[j] x[j]", X + " g=1 b=0 c=1/10 i=2 j=4"),
        (NORM, NORMALISED, "c", X + " g=1 b=0 c=1/10 i=2"),
        (NORM, f"g*{NORMALISED} + b", "g", X + " g=3/2 b=1/3 c=1/10 i=4"),
        (NORM, "g*x[i]/sqrt(sum(k, x[k]^2)/N + c)", "x[j]", X + " g=3/2 b=0 c=1/10 i=1 j=1"),
        (NORM, "g*x[i]/sqrt(sum(k, x[k]^2)/N + c)", "x[j]", X + " g=3/2 b=0 c=1/10 i=1 j=3"),
    ],
    "network": [
        (NETWORK, "tanh(sum(k, W[j,k]*x[k]) + b[j])", "W[j,1]", NETWORK_POINT + " j=2"),
        (NETWORK, "tanh(sum(k, W[j,k]*x[k]) + b[j])", "W[1,1]", NETWORK_POINT + " j=2"),
        (NETWORK, "sigmoid(sum(k, W[j,k]*x[k]) + b[j])", "x[2]", NETWORK_POINT + " j=1"),
        (NETWORK, NETWORK_LOSS, "W[1,2]", NETWORK_POINT),
        (NETWORK, NETWORK_LOSS, "W[i,k]", NETWORK_POINT + " i=3 k=1"),
        (NETWORK, NETWORK_LOSS, "b[2]", NETWORK_POINT),
        (NETWORK, NETWORK_LOSS, "v[3]", NETWORK_POINT),
        (NETWORK, NETWORK_LOSS, "x[1]", NETWORK_POINT), (NETWORK, NETWORK_LOSS, "y", NETWORK_POINT),
        (NETWORK, NETWORK_LOSS, "W[1,2] W[3,1]", NETWORK_POINT),
        (NETWORK, NETWORK_LOSS, "b[1] v[1]", NETWORK_POINT),
        (NETWORK, "sum(j, ReLU(sum(k, W[j,k]*x[k]) + b[j])^2)", "W[1,1]", NETWORK_POINT),
        (NETWORK, "sum(j, ReLU(sum(k, W[j,k]*x[k]) + b[j])^2)", "W[3,2]", NETWORK_POINT),
        (NETWORK, "exp(sum(k, W[i,k]*x[k]))/sum(j, exp(sum(k, W[j,k]*x[k])))", "W[j,k]",
         NETWORK_POINT + " i=1 j=2 k=2"),
        (NETWORK, "exp(sum(k, W[i,k]*x[k]))/sum(j, exp(sum(k, W[j,k]*x[k])))", "W[j,k]",
         NETWORK_POINT + " i=1 j=1 k=1"),
        (NETWORK, "exp(sum(k, W[i,k]*x[k]))/sum(j, exp(sum(k, W[j,k]*x[k])))", "x[1]",
         NETWORK_POINT + " i=3"),
    ],
    "matrix": [
        (MATRICES, "x'*A*x", "x[2]", MATRICES_POINT),
        (MATRICES, "x'*A*y", "A[1,3]", MATRICES_POINT),
        (MATRICES, "dot(x, y)", "x[3]", MATRICES_POINT),
        (MATRICES, "norm(x)", "x[2]", MATRICES_POINT),
        (MATRICES, "norm(A*x - y)^2/2", "x[1]", MATRICES_POINT),
        (MATRICES, "norm(A)", "A[2,2]", MATRICES_POINT),
        (MATRICES, "mean(x)", "x[1]", MATRICES_POINT),
        (MATRICES, "sum(x .* x .* y)", "x[1]", MATRICES_POINT),
        (MATRICES, "sum((A*x - y).^2)", "A[3,2]", MATRICES_POINT),
        (MATRICES, "sum(tanh(A*x + y))", "A[1,2]", MATRICES_POINT),
        (MATRICES, "trace(A*B)", "A[1,2]", MATRICES_POINT),
        (MATRICES, "trace(A'*B*A)", "A[1,2]", MATRICES_POINT),
        (MATRICES, "det(A)", "A[1,2]", MATRICES_POINT),
        (MATRICES, "log(abs(det(A)))", "A[1,2]", MATRICES_POINT),
        (MATRICES, "trace(inv(A))", "A[2,1]", MATRICES_POINT),
        (MATRICES, "x'*inv(A)*y", "A[2,1]", MATRICES_POINT),
        (MATRICES, "-sum(y .* log(softmax(x)))", "x[2]", MATRICES_POINT),
        (MATRICES, "dot(softmax(A*x), y)", "x[1]", MATRICES_POINT),
        (MATRICES, "x'*diag(y)*A*x", "y[2]", MATRICES_POINT),
        (MATRICES, "trace(outer(x, y)*A)", "x[3]", MATRICES_POINT),
        (MATRICES, "dot(x, y)/(norm(x)*norm(y))", "x[1] y[1]", MATRICES_POINT),
    ],
}


def rows():
    result = []
    for name, first, second in BUILT_IN:
        for x in (first, second):
            result.append(("built-in", "", f"{name}(x)", "x", f"x={x}"))
    for name in ("max", "min"):
        for variable in "xy":
            result.append(("built-in", "", f"{name}(x, y)", variable, "x=3/2 y=-2/5"))
    for expression, variables, x in HIGHER:
        result.append(("higher order", "", expression, variables, f"x={x}"))
    for family, entries in SCALAR.items():
        result += [(family, "", *entry) for entry in entries]
    for family, entries in DECLARED.items():
        result += [(family, *entry) for entry in entries]
    return result
