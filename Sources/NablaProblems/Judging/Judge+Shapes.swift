import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Judges `… ∈ ℝ^{K×D}` about what stands last in a line.
  mutating func judgeShape(
    _ open: OpenLine, _ sizes: [Syntax], _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) {
    var claim = MarkedClaim(
      range, left: nil, .belongs, right: nil,
      goesOn: open.head.range != open.last.range, verdict: .undecided)
    claim.left = formula(open.last, nil, in: &pool)
    claim.right = .realSpace(sizes.map { .text($0.plainText ?? "…") })
    if !unknownNames([open.last]).isEmpty {
      claim.verdict = .unrelated
      append(claim)
      return
    }
    let own = scope
    var subject = open.last
    if let verdict = shapeVerdict(of: subject, sizes, in: &pool) { claim.verdict = verdict }
    if claim.verdict != .proved, shapeVerdict(of: open.head, sizes, in: &pool) == .proved {
      // Where an entry stands for the whole, the claim is about the whole.
      claim.verdict = .proved
      subject = open.head
    }
    if claim.verdict == .refuted {
      // The same derivative laid out the other way.
      setLayout(own.layout == .numerator ? .gradient : .numerator)
      if [open.last, open.head].contains(where: {
        $0.holdsDerivative && shapeVerdict(of: $0, sizes, in: &pool) == .proved
      }) {
        claim.verdict = .proved
        claim.reading = .layout
      } else {
        setLayout(own.layout)
      }
    }
    if claim.verdict == .refuted, !subject.freeLetters.isEmpty { claim.verdict = .undecided }
    if claim.verdict == .refuted || claim.verdict == .undecided, subject.isNameOrEntry,
      shape(of: subject, in: &pool)?.isScalar == true
    {
      // An array under the name of a number is something else than the problem's.
      claim.verdict = .unrelated
    }
    if claim.verdict == .refuted {
      let isTurned = shapeVerdict(of: subject, sizes.reversed(), in: &pool) == .proved
      claim.mistake = isTurned && sizes.count == 2 ? .transpose : .size
      if let shape = shape(of: open.last, in: &pool) {
        claim.because = [.text("it is \(Lowering.described(shape, in: pool))")]
      }
    } else if claim.verdict == .undecided {
      claim.because = [.text("its shape is not worked out here")]
    }
    append(claim)
  }

  /// The shape of an expression; nil if it cannot be read.
  mutating func shape(
    of syntax: Syntax, in pool: inout ExpressionPool
  ) -> Shape? {
    let prepared = letters.prepare([syntax], in: refined, &pool)
    var lowering = Lowering(prepared.scope)
    lowering.allowsUndefined = true
    var names = IndexNames()
    return try? lowering.quantity(prepared.expressions[0], naming: &names, in: &pool).form.shape
  }

  /// Whether an expression has given sizes; a size is known by its name or by its number.
  private mutating func shapeVerdict(
    of syntax: Syntax, _ sizes: [Syntax], in pool: inout ExpressionPool
  ) -> ClaimVerdict? {
    guard sizes.count <= 2, let shape = shape(of: syntax, in: &pool) else { return nil }
    var wanted: [IndexRange?] = []
    for size in sizes {
      if case .number("1") = size.kind {
        wanted.append(nil)
        continue
      }
      var own = size
      if case .name(let name) = size.kind, !pool.isDimension(scope.names[name]),
        let known = scope.names.keys.sorted().first(where: {
          $0.lowercased() == name.lowercased() && pool.isDimension(scope.names[$0])
        })
      {
        own.kind = .name(known)
      }
      var lowering = Lowering(section.valued.last ?? refined)
      guard let upper = try? lowering.expression(own, in: &pool) else { return nil }
      wanted.append(IndexRange(lower: pool.one, upper: upper))
    }
    if wanted.count == 1 { wanted.append(nil) }
    let lowering = Lowering(section.valued.last ?? refined)
    let given = Shape(
      rows: wanted.first ?? nil, columns: wanted.count > 1 ? wanted[1] : nil)
    return lowering.matches(shape, given, in: pool) ? .proved : .refuted
  }
}

extension ExpressionPool {
  fileprivate func isDimension(_ symbol: SymbolID?) -> Bool {
    symbol.map { kind(of: $0) == .dimension } ?? false
  }
}
