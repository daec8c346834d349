import NablaNotation
import NablaProblems
import NablaRendering

/// Marked submissions made by hand, for what shows them.
enum SampleSubmissions {
  /// The softmax homework with two slips of arithmetic and three wrong steps of a proof.
  static let homework: MarkedSubmission = {
    let lines = [
      "T1",
      "$u_0 = 0.3$",
      "$u_1 = 0.4 * -0.2 = -0.8$",
      "$y_1 = -0.08 + -0.3 = -0.38$",
      "$v_1 = -0.38 + 1.0 = 0.62$",
      "$z = ReLU(0.62) = 0$",
      "$$\\frac{\\partial z}{\\partial w_0} = 1(v_1>0)(1)(w_1) 1(y_0>0)(x_0) = -0.2$$",
      "T4",
      "$$egin{aligned} rac{\\partial L}{\\partial o_j} &= -\\sum_j rac{y_j}{o_j} \\end{aligned}$$",
      "So if i=j",
      "$$\\frac{\\partial L}{\\partial h_i} &= y_i o_i - y_i$$",
      "$$ = \\ldots \\unknown{ $$",
      "$$ = -y_i + p_i \\sum_j y_j $$",
      "$$ = -y_i + p_i $$",
    ]
    var maker = SubmissionMaker(named: "000_e5f554d27d304776.txt", lines)
    var marked = MarkedSubmission(maker.source, problems: ["Homework 4"])

    var first = MarkedSubmission.Part(heading: "T1")
    first.problem = "Homework 4"
    first.section = "T1"
    let product = times(n("0.4"), n("-0.2"))
    first.claims = [
      maker.claim("= 0.3", v("u0"), n("0.3"), .proved),
      maker.claim("= 0.4 * -0.2", v("u1"), product, .proved),
      maker.claim("= -0.8", product, n("-0.8"), goesOn: true, .refuted) {
        $0.mistake = .arithmetic
        $0.because = ["arithmetic: ", .formula(equation(product, n("-0.08")))]
      },
      maker.claim("= -0.08 + -0.3", v("y1"), sum(n("-0.08"), n("-0.3")), .proved),
      maker.claim("= -0.38", sum(n("-0.08"), n("-0.3")), n("-0.38"), goesOn: true, .proved),
      maker.claim("= -0.38 + 1.0", v("v1"), sum(n("-0.38"), n("1.0")), .proved),
      maker.claim("= 0.62", sum(n("-0.38"), n("1.0")), n("0.62"), goesOn: true, .proved),
      maker.claim("= ReLU(0.62)", v("z"), .call("ReLU", n("0.62")), .proved),
      maker.claim("= 0$", .call("ReLU", n("0.62")), n("0"), goesOn: true, .refuted) {
        $0.mistake = .arithmetic
        $0.because = [
          "arithmetic: 0.62 > 0, so ", .formula(equation(.call("ReLU", n("0.62")), n("0.62"))),
        ]
      },
      maker.claim("= 1(v_1>0)", .derivative(v("z"), by: v("w0")), slope, .proved),
      maker.claim("= -0.2$$", slope, n("-0.2"), goesOn: true, .proved),
    ]

    var second = MarkedSubmission.Part(heading: "T4")
    second.problem = "Homework 4"
    second.section = "T4"
    let quotient = Formula.fraction(at("y", "j"), at("o", "j"))
    let ofLoss = Formula.derivative(v("L"), by: at("h", "i"))
    let weighted = sum(
      .negation(at("y", "i")),
      times(at("p", "i"), .bigOperator(.sum, .init([v("j")]), at("y", "j"))))
    let normalised = equation(.bigOperator(.sum, .init([v("j")]), at("y", "j")), n("1"))
    second.claims = [
      maker.claim(
        "&= -\\sum", .derivative(v("L"), by: at("o", "j")),
        .negation(.bigOperator(.sum, .init([v("j")]), quotient)), .refuted
      ) {
        $0.mistake = .indexDiscipline
        $0.because = [
          "j is free on the left and summed on the right: only one term of ", .formula(v("L")),
          " contains ", .formula(at("o", "j")),
        ]
        $0.repair = .negation(quotient)
        $0.counterexample = .init(
          coordinates: [
            point(
              "o",
              .list([
                .fraction(n("1"), n("2")), .fraction(n("1"), n("3")), .fraction(n("1"), n("6")),
              ]), "[1/2, 1/3, 1/6]"),
            point("y", .list([n("0"), n("1"), n("0")]), "[0, 1, 0]"), point("j", n("1"), "1"),
          ], left: "0", right: "-3")
      },
      maker.claim(
        "&= y_i o_i", ofLoss, sum(times(at("y", "i"), at("o", "i")), .negation(at("y", "i"))),
        .refuted
      ) {
        $0.mistake = .termForSum
        $0.because = [
          "this is the term j = i alone; ", .formula(ofLoss), " is the sum over all j",
        ]
        $0.setting = equation(v("i"), v("j"))
      },
      maker.claim("= \\ldots", nil, nil, goesOn: true, .unreadable) {
        $0.because = ["'\\unknown' is not a command known here"]
      },
      maker.claim("= -y_i + p_i \\sum", ofLoss, weighted, goesOn: true, .proved) {
        $0.reading = .reachOfSum
      },
      maker.claim(
        "= -y_i + p_i $$", weighted, sum(.negation(at("y", "i")), at("p", "i")), goesOn: true,
        .proved
      ) {
        $0.uses = [normalised]
        $0.truth = .proved
      },
    ]
    marked.parts = [first, second]
    marked.matches = [
      .init(written: v("o"), meant: v("P"), ground: .definition),
      .init(written: v("p"), meant: v("P"), ground: .claims),
    ]
    for _ in 0..<11 { marked.repairs.append(maker.repair("egin", "\\begin")) }
    for _ in 0..<26 { marked.repairs.append(maker.repair("rac", "\\frac")) }
    marked.repairs.append(
      Repair(.script, SourceRange(0, 2), found: "x + 0", repaired: "x_0"))
    marked.finalResult = .init(
      formula: sum(at("p", "i"), .negation(at("y", "i"))), verdict: .proved, claim: 15)
    marked.points = [
      .init(
        task: .derivative(v("z"), by: v("w0")), earnedHalves: 4, possibleHalves: 4, because: ""),
      .init(
        task: ofLoss, earnedHalves: 3, possibleHalves: 6,
        because: "the result is right, but line 9 is wrong"),
    ]
    return marked
  }()

  /// Everything that can be said of a line.
  static let remarks: MarkedSubmission = {
    let lines = [
      "# ข้อ 1 การบ้าน 解答", "$a = b$", "$= c$", "$x / x = 1$", "$|x| = x$", "$d = e$", "$= f$",
      "$E = m c^2$", "$\\mathcal{Q}$ 計算は正しい ก็คือ", "$A = 3$", "$x \\propto y$",
    ]
    var maker = SubmissionMaker(named: "ข้อสอบ/解答.md", lines)
    var marked = MarkedSubmission(maker.source, problems: ["One", "Two"])
    var part = MarkedSubmission.Part(heading: "ข้อ 1 การบ้าน 解答")
    part.problem = "One"
    part.claims = [
      maker.claim("= b", v("a"), v("b"), .refuted) {
        $0.mistake = .sign
        $0.because = ["the sign is wrong"]
        $0.repair = .negation(v("b"))
        $0.counterexample = .init(
          coordinates: [point("a", n("2"), "2"), point("b", .fraction(n("1"), n("3")), "1/3")],
          left: "2", right: "1/3")
      },
      maker.claim("= c", v("b"), v("c"), goesOn: true, .proved) {
        $0.carried = true
        $0.truth = .refuted
      },
      maker.claim("= 1$", .fraction(v("x"), v("x")), n("1"), .proved) {
        $0.because = ["where ", .formula(.relation(v("x"), .notEqual, n("0")))]
      },
      maker.claim("= x$", .absoluteValue(v("x")), v("x"), .conditional) {
        $0.condition = .relation(v("x"), .greater, n("0"))
      },
      maker.claim("= e$", v("d"), v("e"), .undecided),
      maker.claim("= f", v("e"), v("f"), goesOn: true, .refuted) { $0.truth = .proved },
      maker.claim("= m c^2", v("E"), times(v("m"), .power(v("c"), n("2"))), .unrelated),
      maker.claim("$\\mathcal{Q}$ 計算は正しい ก็คือ", nil, nil, .unreadable),
      maker.claim("= 3", v("A"), n("3"), .notDetermined) {
        $0.because = ["the figure is not given"]
      },
      maker.claim("\\propto", v("x"), v("y"), .exhausted) { $0.relation = .proportional },
    ]
    marked.parts = [part]
    return marked
  }()

  /// A submission whose every word means harm.
  static let hostile: MarkedSubmission = {
    let harm = SampleSubmissions.harm
    var maker = SubmissionMaker(named: "=HYPERLINK(\"http://x\")\u{1B}]0;x\u{7}.md", [harm, harm])
    var marked = MarkedSubmission(maker.source, problems: [harm])
    var part = MarkedSubmission.Part(heading: harm)
    part.problem = harm
    part.section = harm
    part.claims = [
      maker.claim(harm, nil, nil, .unreadable) { $0.because = [.text(harm), .code(harm)] },
      maker.claim(harm, .text(harm), .name(Identifier(harm)), .refuted) {
        $0.because = [.text(harm)]
        $0.repair = .name(Identifier("x", writtenAs: harm))
        $0.counterexample = .init(
          coordinates: [.init(name: .text(harm), value: .number(harm), text: harm)], left: harm,
          right: harm)
        $0.setting = .text(harm)
        $0.uses = [.text(harm)]
      },
    ]
    marked.parts = [part]
    marked.matches = [.init(written: .text(harm), meant: .text(harm), ground: .given)]
    marked.repairs = [Repair(.character, SourceRange(0, 1), found: harm, repaired: harm)]
    marked.finalResult = .init(formula: .text(harm), verdict: .refuted, claim: 1)
    marked.diagnostics = [Diagnostic("hostile", harm, at: SourceRange(0, 1))]
    marked.points = [
      .init(task: .text(harm), earnedHalves: 1, possibleHalves: 2, because: harm)
    ]
    return marked
  }()

  static let harm =
    "\\input{/etc/passwd}\\write18{ls}</td></table><script>alert(1)</script>"
    + "|`[x](javascript:1)<!-- $\\catcode`\\%=12$ \u{1B}[2J\u{9B}31m\u{202E}\"'%&#~^_{}]]>\n\n# x"

  static let all: [(name: String, submission: MarkedSubmission)] = [
    ("marking", homework), ("remarks", remarks), ("hostile", hostile),
  ]

  // MARK: Formulas

  static func n(_ digits: String) -> Formula { .number(digits) }
  static func v(_ name: String) -> Formula { .name(name) }
  static func at(_ name: String, _ index: String) -> Formula { .indexed(v(name), [v(index)]) }
  static func times(_ factors: Formula...) -> Formula { .product(factors) }
  static func equation(_ left: Formula, _ right: Formula) -> Formula {
    .relation(left, .equal, right)
  }

  static func sum(_ terms: Formula...) -> Formula {
    .sum(
      terms.map { term in
        if case .negation(let inner) = term { return .init(.minus, inner) }
        return .init(.plus, term)
      })
  }

  private static func point(
    _ name: String, _ value: Formula, _ text: String
  ) -> MarkedClaim.Counterexample.Coordinate {
    var shown = value
    if case .list = value { shown = .held(value) }
    return .init(name: v(name), value: shown, text: text)
  }

  private static let slope = times(
    .indicator(.relation(v("v1"), .greater, n("0"))), .held(n("1")), .held(n("1")), v("w1"),
    .indicator(.relation(v("y0"), .greater, n("0"))), .held(n("1")), v("x0"))
}

/// Makes claims whose places are found by the text they stand for.
struct SubmissionMaker {
  let source: SourceText
  private var start = 0

  init(named name: String, _ lines: [String]) {
    source = SourceText(name: name, lines.joined(separator: "\n") + "\n")
  }

  mutating func claim(
    _ text: String, _ left: Formula?, _ right: Formula?, goesOn: Bool = false,
    _ verdict: ClaimVerdict, _ change: (inout MarkedClaim) -> Void = { _ in }
  ) -> MarkedClaim {
    var claim = MarkedClaim(
      place(of: text), left: left, .equal, right: right, goesOn: goesOn, verdict: verdict)
    change(&claim)
    return claim
  }

  func repair(_ found: String, _ repaired: String) -> Repair {
    Repair(.damagedCommand, SourceRange(0, 0), found: found, repaired: repaired)
  }

  /// The first place of a text behind the last one.
  private mutating func place(of text: String) -> SourceRange {
    let bytes = Array(text.utf8)
    var place = start
    while place + bytes.count <= source.bytes.count {
      if source.bytes[place..<(place + bytes.count)].elementsEqual(bytes) {
        start = place + bytes.count
        return SourceRange(place, start)
      }
      place += 1
    }
    preconditionFailure("no \(text) behind \(start)")
  }
}
