import NablaExpressions

/// A derivative and its result on a tape of their own, with a bound of their rounding errors.
struct Confirmation {
  private let tape: Tape
  private let places: [Int]
  private var point = TapePoint()
  /// The derivative, from instructions rather than dual numbers.
  private(set) var left = Double.nan
  /// The rounding errors of both sides together.
  private(set) var rounding = Double.nan

  fileprivate init(_ tape: Tape, _ places: [Int]) {
    self.tape = tape
    self.places = places
  }

  fileprivate mutating func run(_ inputs: [Double]) {
    tape.run(places.map { $0 < inputs.count ? inputs[$0] : .nan }, into: &point)
    let errors = tape.roundingErrors(point.values)
    left = point.values[Int(tape.roots[0])]
    rounding = errors[Int(tape.roots[0])] + errors[Int(tape.roots[1])]
  }
}

extension CompiledClaims {
  /// The derivative of a case once more, by another way, with its rounding errors.
  func confirm(
    _ one: CompiledCase, _ place: Int, _ claim: Claim, _ context: CheckContext,
    _ known: inout [Int: Confirmation], _ pool: inout ExpressionPool
  ) -> Confirmation? {
    if known[place] == nil {
      var tapeContext = TapeContext(
        definitions: context.definitions, leaves: context.leaves, values: sizes,
        seed: context.seed)
      tapeContext.shifted = Set(
        source.tape.slots.filter { $0.isShift }.map { $0.symbol })
      var compiler = TapeCompiler(tapeContext)
      let scope = compiler.scope(of: one.choice)
      let derivative = pool.derivative(claim.left, by: claim.variables)
      guard let left = try? compiler.compile(derivative, scope: scope, &pool),
        let right = try? compiler.compile(claim.right, scope: scope, &pool)
      else { return nil }
      let tape = compiler.finish([left, right])
      var places: [Int] = []
      for slot in tape.slots { places.append(source.tape.place(of: slot) ?? .max) }
      known[place] = Confirmation(tape, places)
    }
    known[place]?.run(source.inputs)
    return known[place]
  }
}
