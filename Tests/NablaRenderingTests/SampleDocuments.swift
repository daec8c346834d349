import NablaRendering

/// Documents that together use every block and every kind of formula.
enum SampleDocuments {
  static let softmax: Document = {
    let hi = at("h", "i")
    let hj = at("h", "j")
    let pi = at("P", "i")
    let pj = at("P", "j")
    let yj = at("y", "j")
    let delta = Formula.kroneckerDelta(v("i"), v("j"))
    let ei = Formula.call("exp", hi)
    let ej = Formula.call("exp", hj)
    let s = v("S")
    let pOverY = Formula.fraction(yj, pj)
    return Document(
      title: ["Softmax with cross-entropy"],
      blocks: Document.parseProse(
        """
        Let $h \\in \\mathbb{R}^N$, let $y \\in \\mathbb{R}^N$ be *one-hot*, so that $\\sum_j y_j = 1$, and let
        """) + [
          .display(
            .list([
              equation(pj, .fraction(ej, sigma("k", .call("exp", at("h", "k"))))),
              equation(v("L"), .negation(sigma("j", times(yj, .call("log", pj))))),
            ])),
          .heading(level: 1, ["(a) The Jacobian of softmax"]),
          .paragraph([
            "Write ", .formula(equation(s, sigma("k", .call("exp", at("h", "k"))))), ", so that ",
            .formula(equation(pj, .fraction(ej, s))), ". Both ", .formula(ej), " and ",
            .formula(s), " may contain ", .formula(hi), ".",
          ]),
          .paragraph([.strong(["Case "]), .formula(equation(v("i"), v("j"))), "."]),
          .derivation([
            DerivationRow(
              partial(pi, hi), .equal,
              .fraction(difference(times(ei, s), times(ei, ei)), .power(s, n("2"))),
              because: ["quotient rule"]),
            DerivationRow(
              nil, .equal, times(.fraction(ei, s), .fraction(difference(s, ei), s)),
              because: ["factor"]),
            DerivationRow(
              nil, .equal, times(pi, difference(n("1"), pi)),
              because: ["definition of ", .formula(pi)]),
          ]),
          .result(
            equation(partial(pj, hi), times(pj, difference(delta, pi))),
            also: .relation(
              partial(v("P"), v("h")),
              [
                .init(
                  .equal,
                  difference(.call("diag", v("P")), times(v("P"), .transpose(v("P"))))),
                .init(.elementOf, .realSpace([v("N"), v("N")])),
              ]), label: "jacobian"),
          .check(
            .passed,
            [
              "Proved for every ", .formula(v("N")), ". At 10 random points: ",
              .formula(n("3e-16")),
              " from dual numbers.",
            ]),
          .heading(level: 1, ["(b) The gradient of the loss"]),
          .derivation([
            DerivationRow(
              partial(v("L"), hi), .equal, sigma("j", times(partial(v("L"), pj), partial(pj, hi))),
              because: ["chain rule"]),
            DerivationRow(
              nil, .equal,
              sigma("j", times(.negation(pOverY), pj, difference(delta, pi))),
              because: ["by ", .reference("jacobian")]),
            DerivationRow(
              nil, .equal,
              .sum([
                .init(.minus, sigma("j", times(yj, delta))),
                .init(.plus, times(pi, sigma("j", yj))),
              ]), because: ["cancel ", .formula(pj), "; expand"]),
            DerivationRow(
              nil, .equal,
              .sum([.init(.minus, at("y", "i")), .init(.plus, times(pi, sigma("j", yj)))]),
              because: [.formula(delta), " keeps only ", .formula(equation(v("j"), v("i")))]),
            DerivationRow(
              nil, .equal, difference(pi, at("y", "i")),
              because: [.formula(equation(sigma("j", yj), n("1")))]),
          ]),
          .result(
            equation(partial(v("L"), hi), difference(pi, at("y", "i"))),
            also: .relation(
              .gradient(of: v("L"), by: v("h")),
              [
                .init(.equal, difference(v("P"), v("y"))),
                .init(.elementOf, .realSpace([v("N")])),
              ]), label: nil),
        ])
  }()

  static let residual: Document = {
    let x0 = v("x0")
    let w0 = v("w0")
    let b0 = v("b0")
    let x1 = v("x1")
    let y1 = v("y1")
    let w1 = v("w1")
    let b1 = v("b1")
    let z = v("z")
    func relu(_ argument: Formula) -> Formula { .call("ReLU", argument) }
    let inner = sum(times(x0, w0), b0)
    return Document(
      title: ["Residual connection"],
      blocks: [
        .values([
          equation(x0, n("1.0")), equation(w0, n("0.3")), equation(b0, n("0.1")),
          equation(w1, n("-0.2")), equation(b1, n("-0.3")),
        ]),
        .heading(level: 2, ["Forward pass"]),
        .forwardTable([
          ForwardRow(
            x1, relu(inner),
            numbers: [relu(sum(times(n("1.0"), n("0.3")), n("0.1"))), relu(n("0.4"))],
            value: n("0.4")),
          ForwardRow(
            y1, sum(times(x1, w1), b1), numbers: [sum(times(n("0.4"), n("-0.2")), n("-0.3"))],
            value: n("-0.38")),
          ForwardRow(
            z, relu(sum(y1, x0)), numbers: [relu(sum(n("-0.38"), n("1.0"))), relu(n("0.62"))],
            value: n("0.62")),
        ]),
        .heading(level: 2, ["Backward pass"]),
        .pathDiagram([w0, x1, y1, z]),
        .derivation([
          DerivationRow(
            partial(z, w0), .equal, times(partial(z, y1), partial(y1, x1), partial(x1, w0)),
            because: ["chain rule"]),
          DerivationRow(
            nil, .equal,
            times(
              .indicator(greater(sum(y1, x0), n("0"))), w1, .indicator(greater(inner, n("0"))), x0),
            because: ["local derivatives"]),
          DerivationRow(
            nil, .equal, times(n("1"), n("-0.2"), n("1"), n("1.0")),
            because: [
              .formula(.list([greater(n("0.62"), n("0")), greater(n("0.4"), n("0"))]))
            ]),
          DerivationRow(nil, .equal, n("-0.2")),
        ]),
        .check(.passed, ["proved; 5 points: ", .formula(n("1e-16")), " from dual numbers"]),
        .note(["ReLU has no derivative at 0; no argument here is 0."]),
      ])
  }()

  static let gallery: Document = {
    let x = v("x")
    let deep = Formula.fraction(
      n("1"), sum(n("1"), .fraction(n("1"), sum(n("1"), .fraction(n("1"), sum(n("1"), x))))))
    let wide = Formula.fraction(longSum(18), sum(n("1"), .power(x, n("2"))))
    let nested = times(
      difference(longSum(9), v("lambda")), sum(longSum(7), .call("exp", longSum(8))),
      .power(longSum(6), n("3")))
    return Document(
      title: ["Gallery: 100% of {blocks} & every #symbol — é, ü, λ, ∂ and \\input{x}"],
      blocks: [
        .display(
          equation(
            .call("ReLU", x),
            .piecewise([
              .init(x, when: greater(x, n("0"))), .init(n("0"), when: nil),
            ]))),
        .derivation([
          DerivationRow(v("s"), .equal, longSum(30), because: ["a long sum, broken before signs"]),
          DerivationRow(nil, .equal, wide, because: ["a fraction too wide for the line"]),
          DerivationRow(
            nil, .equal, nested,
            because: [
              "a reason that is far too long to stand beside any formula, because it explains, ",
              "with many words and ",
              .formula(equation(sigma("j", at("y", "j")), n("1"))), ", what happens in this step",
            ]),
          DerivationRow(nil, .equal, deep, because: ["deep fractions"]),
          DerivationRow(nil, .equal, n(String(repeating: "1234567890", count: 16))),
          DerivationRow(
            nil, .approximatelyEqual, times(n("0.4"), n("-0.2"), .held(n("1")), .held(n("-3")))),
        ]),
        .derivation([
          DerivationRow(
            .call(.user(Identifier("f1")), primes: 1, [sum(times(v("w1"), x), v("b1"))]), .equal,
            times(v("a"), difference(n("1"), v("a"))), because: ["shape of σ"]),
          DerivationRow(
            sum(longSum(12), .power(sum(x, n("1")), n("2"))), .equal,
            .sum([.init(.plus, x), .init(.plus, n("1"))]), because: ["a long left side"]),
        ]),
        .display(
          equation(
            v("W"),
            .matrix([
              [n("0.4"), n("-0.6")], [n("0.3"), .fraction(n("1"), n("2"))],
            ]))),
        .display(
          equation(
            .evaluated(
              partial(.call(.user(Identifier("f")), primes: 0, [x]), x), at: equation(x, n("0"))),
            .root(sum(.power(x, n("2")), .fraction(n("1"), v("n"))), degree: nil))),
        .display(
          .derivative(
            .init(
              of: .product([longSum(4), .call("log", sum(x, n("1")))]),
              by: [.init(x, order: 2), .init(v("y"))]))),
        .display(
          equation(
            v("p"),
            .bigOperator(
              .product, .init([v("k")], .excluding(v("i"))),
              .bigOperator(.sum, .init([v("j")], .range(n("1"), v("K"))), at("W", "j", "k"))))),
        .displayLatex("\\frac{\\partial L}{\\partial o_j} = -\\sum_{j=1}^{K} \\frac{y_j}{o_j}"),
        .displayLatex("\\input{/etc/passwd} \\write18{rm}"),
        .table(
          Table(
            header: [["step"], [.formula(v("w1"))], ["loss"]],
            rows: [
              [["1"], [.formula(n("-0.25"))], ["0.31"]], [["2"], [.formula(n("0.5"))], ["0.2"]],
            ])
        ),
        .list(
          ordered: true,
          [["first, with ", .code("code_1")], ["second, with ", .latex("\\hat y_i")]]),
        .list(ordered: false, [["a point"], ["another & more"]]),
        .code("let x = 1\n  indented \\write18{rm} $y$"),
        .paragraph([
          "Hostile: ", .latex("\\catcode`\\%=12 \\def\\x{}"), " and ", .latex("x^2^3"), " and ",
          .latex("\\frac{1}"), ". A word: ", .text(String(repeating: "abcdefghij", count: 14)), ".",
        ]),
        .paragraph([
          "A wide formula in running text: ", .formula(longSum(20)), ", and ",
          .formula(times(.fraction(v("a"), sum(v("b"), n("1"))), v("yhat"))), ".",
        ]),
        .check(.failed, ["does not hold at ", .formula(equation(x, .fraction(n("1"), n("3"))))]),
        .check(.undecided, ["nothing was found"]),
        .marking([
          MarkedLine(
            number: 29,
            content: [
              .formula(
                .relation(
                  v("u1"), [.init(.equal, times(n("0.4"), n("-0.2"))), .init(.equal, n("-0.8"))]))
            ], status: .failed,
            comments: [
              ["arithmetic: ", .formula(equation(times(n("0.4"), n("-0.2")), n("-0.08")))],
              ["the next line uses −0.08; nothing is carried"],
            ]),
          MarkedLine(
            number: 30, content: [.latex("y_1 = -0.08 + -0.3 = -0.38")], status: .passed),
        ]),
      ])
  }()

  static let all: [(name: String, document: Document)] = [
    ("softmax", softmax), ("residual", residual), ("gallery", gallery),
  ]
}
