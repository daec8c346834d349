import NablaExpressions
import NablaNumbers

/// Writes scalar expressions as code, with loops around them where indices ask for it.
///
/// Sums that do not depend on the innermost loop are computed before it, each once.
struct ScalarWriter {
  /// Longer expressions are not written.
  static let mostNodes = 20_000
  private static let mostCharacters = 400_000

  /// A stretch of code at one depth of loops.
  struct CodeBlock {
    var lines: [String] = []
    /// The indices that have values since this block.
    var indices: [SymbolID] = []
    /// Values of expressions that have names here.
    var known: [Handle: String] = [:]
    /// Names that mean something inside the block alone.
    var locals: [String] = []
    /// Whether the block is inside an expression, where no statement can stand.
    var isInline = false
  }

  let language: CodeLanguage
  let definitions: Definitions
  var names: CodeNames
  var blocks: [CodeBlock] = [CodeBlock()]
  var helpers: Set<CodeHelper> = []
  /// Matrix forms that have names, and those that occur more than once.
  var knownForms: [MatrixForm: String] = [:]
  var sharedForms: Set<MatrixForm> = []
  private var characters = 0
  private var depth = 0

  init(_ language: CodeLanguage, _ names: CodeNames, definitions: Definitions) {
    self.language = language
    self.names = names
    self.definitions = definitions
  }

  var isPython: Bool { language == .python }

  /// A name for a value of the innermost block.
  mutating func local(_ wanted: String) -> String {
    let name = names.unique(wanted)
    blocks[blocks.count - 1].locals.append(name)
    return name
  }

  // MARK: Statements

  mutating func line(_ text: String) {
    blocks[blocks.count - 1].lines.append(text)
  }

  /// The lines written so far, taken out.
  mutating func takeLines() -> [String] {
    let lines = blocks[0].lines
    blocks[0].lines = []
    return lines
  }

  /// Opens a loop over an index that has no value yet; gives the head of the loop.
  mutating func openLoop(
    over index: SymbolID, _ range: IndexRange, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> String {
    let (lower, upper) = try bounds(of: range, &pool)
    let name = nameIndex(index, pool)
    blocks.append(CodeBlock(indices: [index]))
    return name + " in " + iteration(lower, upper)
  }

  func iteration(_ lower: CodeInteger, _ upper: CodeInteger) -> String {
    let isWhole = lower.literal == 0
    if isPython {
      return isWhole
        ? "range(\(upper.piece.text))" : "range(\(lower.piece.text), \(upper.piece.text))"
    }
    if isWhole, upper.literal != nil || upper.terms.count == 1 && upper.constant >= 0 {
      return "0..<\(upper.piece.text(atLeast: .sum))"
    }
    return "stride(from: \(lower.piece.text), to: \(upper.piece.text), by: 1)"
  }

  /// Closes the innermost loop and puts it, below its head, into the block around it.
  mutating func closeLoop(_ head: String, where condition: String? = nil) {
    let block = blocks.removeLast()
    for index in block.indices { names.release(names.name(ofIndex: index)) }
    for name in block.locals { names.release(name) }
    if isPython {
      line("for \(head):")
      if let condition {
        line("    if \(condition):")
        for inner in block.lines { line("        " + inner) }
      } else {
        for inner in block.lines { line("    " + inner) }
      }
    } else {
      line("for \(head)" + (condition.map { " where \($0)" } ?? "") + " {")
      for inner in block.lines { line("  " + inner) }
      line("}")
    }
  }

  mutating func nameIndex(_ index: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    var wanted = pool.isFresh(index) ? pool.preferredName(of: index) ?? "" : pool.name(of: index)
    if wanted.isEmpty { wanted = "k" }
    let name = names.unique(wanted)
    names.set(name, for: index)
    return name
  }

  // MARK: Values

  /// The value of an expression.
  mutating func piece(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    for block in blocks {
      if let name = block.known[handle] { return CodePiece(name) }
    }
    depth += 1
    defer { depth -= 1 }
    if depth > 400 { throw CodeObstacle("it is nested too deeply") }
    var piece = try freshPiece(handle, &pool)
    characters += piece.text.utf8.count
    if characters > Self.mostCharacters * 8 { throw CodeObstacle("it is too long") }
    // Swift takes long to find the types of long expressions, and longer with conditions in them.
    let isLong = piece.size > (isPython ? 36 : 9) || !isPython && piece.strength == .conditional
    if isLong, let last = blocks.indices.last, !blocks[last].isInline {
      let name = local("part")
      line(isPython ? "\(name) = \(piece.text)" : "let \(name): Double = \(piece.text)")
      blocks[last].known[handle] = name
      piece = CodePiece(name)
    }
    return piece
  }

  /// The value of a whole statement, which needs no name besides.
  mutating func value(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    for block in blocks {
      if let name = block.known[handle] { return CodePiece(name) }
    }
    return try freshPiece(handle, &pool)
  }

  private mutating func freshPiece(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    switch pool[handle] {
    case .integer, .number: return number(pool.rational(handle) ?? 0)
    case .constant(.e): return CodePiece(isPython ? "np.e" : "exp(1.0)")
    case .constant(.pi): return CodePiece(isPython ? "np.pi" : "Double.pi")
    case .symbol(let id):
      if pool.kind(of: id) == .scalar { return CodePiece(names.name(of: id, pool)) }
      let integer = try integer(handle, pool).piece
      return isPython ? integer : CodePiece("Double(\(integer.text))", size: 2)
    case .bound: throw CodeObstacle("an index has lost its sum")
    case .entry(let id, let list): return try entry(id, pool.operands(list), &pool)
    case .sum(let list), .heldSum(let list): return try sum(pool.operands(list), &pool)
    case .product(let list), .heldProduct(let list):
      return try product(pool.operands(list), &pool)
    case .negation(let inner):
      let inner = try piece(inner, &pool)
      return CodePiece("-" + inner.text(atLeast: .power), .sign, size: inner.size + 1)
    case .quotient(let above, let below):
      let above = try piece(above, &pool)
      let below = try piece(below, &pool)
      return CodePiece(
        above.text(atLeast: .product) + " / " + below.text(atLeast: .power), .product,
        size: above.size + below.size + 1)
    case .power(let base, let exponent): return try power(base, exponent, &pool)
    case .root(let radicand, let degree):
      let radicand = try piece(radicand, &pool)
      if degree == 2 { return .call(isPython ? "np.sqrt" : "sqrt", [radicand]) }
      let exponent = CodePiece(isPython ? "1 / \(degree)" : "1.0 / \(degree).0")
      return .call(
        isPython ? "np.power" : "pow", [isPython ? float(radicand) : radicand, exponent])
    case .function(let function, let argument):
      let argument = try piece(argument, &pool)
      let spelling = CodeFunction.spelling(of: function, language)
      if let helper = spelling.helper { helpers.insert(helper) }
      return .call(spelling.name, [argument])
    case .maximum(let list): return try extremum("max", pool.operands(list), &pool)
    case .minimum(let list): return try extremum("min", pool.operands(list), &pool)
    case .apply(let id, let list): return try application(handle, id, pool.operands(list), &pool)
    case .indexedSum, .indexedProduct: return try binder(handle, &pool)
    case .determinant, .inverse: return try square(handle, &pool)
    case .delta(let left, let right):
      return conditional(
        try comparison(.equal, left, right, &pool), CodePiece(one), CodePiece(zero))
    case .indicator(let inner):
      return conditional(try condition(inner, &pool), CodePiece(one), CodePiece(zero))
    case .piecewise(let list): return try branches(pool.operands(list), &pool)
    case .relation, .conjunction, .disjunction, .complement:
      return conditional(try condition(handle, &pool), CodePiece(one), CodePiece(zero))
    case .derivative: throw CodeObstacle("a derivative in it is not carried out")
    }
  }

  var one: String { isPython ? "1.0" : "1.0" }
  var zero: String { "0.0" }

  func float(_ piece: CodePiece) -> CodePiece { .call("float", [piece]) }

  func number(_ value: Rational) -> CodePiece {
    let isNegative = value.isNegative
    if let whole = value.asInt, abs(whole) < 1 << 53 {
      return CodePiece(isPython ? "\(whole)" : "\(whole).0", isNegative ? .sign : .atom)
    }
    let double = value.doubleValue
    let short = value * 1000
    if short.isInteger, abs(double) < 1e6 {
      return CodePiece(CodeNumber.text(double), isNegative ? .sign : .atom)
    }
    if !value.isInteger, let above = value.numerator.asInt, let below = value.denominator.asInt,
      abs(above) < 1_000_000, below < 1_000_000
    {
      return CodePiece(
        isPython ? "\(above) / \(below)" : "\(above).0 / \(below).0", .product)
    }
    return CodePiece(CodeNumber.text(double), isNegative ? .sign : .atom)
  }

  private mutating func entry(
    _ id: SymbolID, _ indices: [Handle], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    let ranges = pool.declaration(of: id).ranges
    var places: [String] = []
    for (index, range) in zip(indices, ranges) {
      let place = try integer(index, pool) - integer(range.lower, pool)
      places.append(place.piece.text)
    }
    return CodePiece(element(names.name(of: id, pool), places))
  }

  func element(_ name: String, _ places: [String]) -> String {
    if places.isEmpty { return name }
    var text = name + "["
    for (number, place) in places.enumerated() {
      if number > 0 { text += isPython ? ", " : "][" }
      text += place
    }
    return text + "]"
  }

  mutating func sum(
    _ terms: [Handle], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var text = ""
    var size = 0
    for term in terms {
      var inner = term
      var isNegative = false
      while case .negation(let next) = pool[inner] {
        inner = next
        isNegative.toggle()
      }
      let part = try piece(inner, &pool)
      size += part.size
      if text.isEmpty {
        text = isNegative ? "-" + part.text(atLeast: .product) : part.text(atLeast: .sum)
      } else {
        text += (isNegative ? " - " : " + ") + part.text(atLeast: .product)
      }
    }
    return CodePiece(text.isEmpty ? zero : text, terms.count == 1 ? .sign : .sum, size: size)
  }

  /// What an indicator hides is not computed where the condition does not hold.
  mutating func product(
    _ factors: [Handle], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var rest: [Handle] = []
    var conditions: [CodePiece] = []
    for factor in factors {
      if let condition = try ownCondition(of: factor, &pool) {
        conditions.append(condition)
      } else {
        rest.append(factor)
      }
    }
    var text = ""
    var size = 0
    for factor in rest {
      let part = try piece(factor, &pool)
      size += part.size
      if text.isEmpty {
        text = part.text(atLeast: .product)
      } else {
        text += " * " + part.text(atLeast: .power)
      }
    }
    let value = CodePiece(
      text.isEmpty ? one : text, rest.count > 1 ? .product : rest.isEmpty ? .atom : .sign,
      size: size)
    if conditions.isEmpty { return value }
    return conditional(all(conditions), value, CodePiece(zero))
  }

  func all(_ conditions: [CodePiece]) -> CodePiece {
    if conditions.count == 1 { return conditions[0] }
    var text = ""
    for condition in conditions {
      if !text.isEmpty { text += isPython ? " and " : " && " }
      text += condition.text(atLeast: .complement)
    }
    return CodePiece(text, .conjunction, size: conditions.reduce(0) { $0 + $1.size })
  }

  private mutating func power(
    _ base: Handle, _ exponent: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if case .constant(.e) = pool[base] {
      return .call(isPython ? "np.exp" : "exp", [try piece(exponent, &pool)])
    }
    let below = try piece(base, &pool)
    if let number = pool.rational(exponent), number * 2 == 1 {
      return .call(isPython ? "np.sqrt" : "sqrt", [below])
    }
    let above = try piece(exponent, &pool)
    if isPython {
      if isInteger(exponent, pool) {
        return CodePiece(
          below.text(atLeast: .atom) + "**" + above.text(atLeast: .atom), .power,
          size: below.size + above.size)
      }
      return .call("np.power", [float(below), above])
    }
    if exponent == pool.two, below.strength == .atom, below.size == 1 {
      return CodePiece(below.text + " * " + below.text, .product, size: 2)
    }
    return .call("pow", [below, above])
  }

  private mutating func extremum(
    _ function: String, _ operands: [Handle], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var pieces: [CodePiece] = []
    for operand in operands { pieces.append(try piece(operand, &pool)) }
    return pieces.count == 1 ? pieces[0] : .call(function, pieces)
  }

  private mutating func application(
    _ handle: Handle, _ id: SymbolID, _ arguments: [Handle], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if let body = pool.instantiate(handle, from: definitions) { return try piece(body, &pool) }
    if let derivative = pool.functionDerivative(of: id), definitions[derivative.function] != nil {
      throw CodeObstacle("a derivative of a defined function in it is not carried out")
    }
    var pieces: [CodePiece] = []
    for argument in arguments { pieces.append(try piece(argument, &pool)) }
    return .call(names.name(of: id, pool), pieces)
  }
}

/// Decimal text of doubles.
enum CodeNumber {
  /// The shortest digits that give the number back, always with a point or an exponent.
  static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") && abs(value) < 1e15 ? text : text
  }
}
