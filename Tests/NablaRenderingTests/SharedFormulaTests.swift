import NablaExpressions
import NablaTestSupport
import Testing

@testable import NablaRendering

@Suite struct SharedFormulaTests {
  /// The formula made anew, so that no two places share an array.
  private static func apart(_ formula: Formula) -> Formula {
    switch formula {
    case .sum(let terms): .sum(terms.map { .init($0.sign, apart($0.formula)) })
    case .product(let factors): .product(factors.map { apart($0) })
    case .fraction(let above, let below): .fraction(apart(above), apart(below))
    case .power(let base, let exponent): .power(apart(base), apart(exponent))
    case .negation(let inner): .negation(apart(inner))
    case .call(let function, let primes, let arguments):
      .call(function, primes: primes, arguments.map { apart($0) })
    case .absoluteValue(let inner): .absoluteValue(apart(inner))
    case .list(let elements): .list(elements.map { apart($0) })
    default: formula
    }
  }

  /// A formula with one part in many places, at different depths and in different company.
  private static func repeating(_ part: Formula) -> Formula {
    let product = Formula.product([part, .name("x"), part])
    let nested = Formula.fraction(product, .sum([.init(.minus, part), .init(.plus, product)]))
    return .list([
      part, nested, .power(part, part), .call("tanh", product), .absoluteValue(nested),
      .fraction(nested, .fraction(nested, part)), .negation(part),
      .call("log", .call("sin", .sum([.init(.plus, nested), .init(.plus, part)]))),
    ])
  }

  @Test(arguments: 1...120)
  func `a formula is written alike whether its parts are shared or apart`(seed: Int) {
    var random = RandomFormula(seed: UInt64(seed))
    let shared = Self.repeating(random.formula(4))
    let apart = Self.apart(shared)
    #expect(shared == apart)
    #expect(shared.latex() == apart.latex())
    #expect(shared.latex(isInline: true) == apart.latex(isInline: true))
    #expect(shared.boxedText == apart.boxedText)
    let pages = [shared, apart].map { Document(blocks: [.display($0)]) }
    #expect(pages[0].markdown() == pages[1].markdown())
    #expect(pages[0].latex() == pages[1].latex())
  }

  /// tanh nested around a sum, which the limit of depth cuts off from somewhere on.
  private static func tower(_ levels: Int, around inner: Formula) -> Formula {
    (0..<levels).reduce(inner) { formula, _ in
      .sum([.init(.plus, .call("tanh", formula)), .init(.plus, .name("x"))])
    }
  }

  @Test(arguments: [1, 5, 20, 40, 45, 47, 48, 49, 60])
  func `what is too deep in one place is whole in another`(levels: Int) {
    let part = Self.tower(20, around: .name("y"))
    let shared = Formula.list([part, Self.tower(levels, around: part), part])
    #expect(shared.latex() == Self.apart(shared).latex())
  }

  @Test func `parts with names are measured as one`() {
    var pool = ExpressionPool()
    let x = pool.symbol(pool.declare(Symbol("x", .scalar)))
    var levels = [x]
    for _ in 0..<600 {
      let last = levels[levels.count - 1]
      levels.append(pool.add(pool.multiply(pool.function(.sin, last), last), x))
    }
    var builder = FormulaBuilder()
    #expect(builder.formula(of: levels[600], in: &pool) == .ellipsis)
    for level in levels.dropFirst() { builder.abbreviate(level, as: .name("u")) }
    var meanings: Set<String> = []
    for level in levels.dropFirst(2) {
      meanings.insert(builder.meaning(of: level, in: &pool).plain)
    }
    #expect(meanings == ["x + u*sin(u)"])
    builder.forgetAbbreviations(except: levels[3])
    #expect(builder.formula(of: levels[3], in: &pool) == .name("u"))
    #expect(builder.formula(of: levels[600], in: &pool) == .ellipsis)
  }
}
