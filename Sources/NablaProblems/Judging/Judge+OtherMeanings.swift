import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Takes `σ(x_i) = exp(x_i) / Σ exp(x_k)` as saying that σ stands for softmax; false if it is not
  /// that.
  ///
  /// The letter means the logistic function where nothing else is said.
  mutating func introduceSoftmax(
    _ head: Syntax, _ value: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard let function = head.softmaxHead, let argument = function.argument,
      value.isNormalisedExponential(of: argument)
    else { return false }
    softmaxLetters.insert(function.name)
    var claim = MarkedClaim(
      range, left: nil, .defines, right: nil, goesOn: false, verdict: .unrelated)
    claim.left = SyntaxFormulas(refined)(head)
    claim.right = formula(value, nil, in: &pool)
    claim.because = [.text("the letter stands for softmax here")]
    append(claim)
    return true
  }
}

extension Syntax {
  /// The expression with `σ(x)_i`, an entry of a function of the whole vector, as softmax.
  func readingSoftmax(depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    if case .indexed(let base, let indices) = kind, indices.count == 1,
      case .call(var call) = base.kind, call.function.text == "sigmoid", call.primes == 0,
      call.arguments.count == 1, case .name = call.arguments[0].kind
    {
      call.function.text = "softmax"
      return Syntax(.indexed(Syntax(.call(call), base.range), indices), range)
    }
    return mappingParts { $0.readingSoftmax(depth: depth + 1) }
  }

  /// The function and its argument in `σ(x_i)` and `σ(x)_i`.
  fileprivate var softmaxHead: (name: String, argument: Syntax?)? {
    switch kind {
    case .call(let call) where call.arguments.count == 1 && call.primes == 0:
      guard call.function.text == "sigmoid" else { return nil }
      return (call.function.text, call.arguments[0])
    case .indexed(let base, let indices):
      guard let inner = base.softmaxHead, case .name? = inner.argument?.kind,
        let argument = inner.argument
      else { return nil }
      return (inner.name, Syntax(.indexed(argument, indices), range))
    default: return nil
    }
  }

  /// Whether it is `exp(u_i) / Σ_k exp(u_k)`, whatever the letters.
  fileprivate func isNormalisedExponential(of argument: Syntax) -> Bool {
    guard case .product(let factors) = kind, factors.count == 2, factors[1].operation == .over,
      factors[0].factor.exponent?.isWritten(like: argument) == true,
      case .binder(let binder) = factors[1].factor.kind, binder.operation == .sum,
      binder.indices.count == 1, let inner = binder.body.exponent,
      case .indexed(let base, let indices) = argument.kind, indices.count == 1,
      case .indexed(let other, let own) = inner.kind, own.count == 1,
      base.isWritten(like: other), case .name(binder.indices[0].name.text) = own[0].kind
    else { return false }
    return true
  }

  /// u in `exp(u)` or `e^u`.
  private var exponent: Syntax? {
    switch kind {
    case .call(let call) where call.function.text == "exp" && call.arguments.count == 1:
      return call.arguments[0]
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      if case .name("e") = base.kind { return exponent }
      return nil
    default: return nil
    }
  }
}
