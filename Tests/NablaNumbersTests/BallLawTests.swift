import NablaNumbers
import Testing

private let precisions = [24, 53, 64, 104, 110, 128, 200, 260]
private let names = ballFunctions.keys.sorted()

extension SeededNumbers {
  /// A binary fraction of up to `bits` bits, of very different sizes, and its exponent.
  fileprivate mutating func fraction(_ bits: Int) -> (Integer, Int64) {
    let value = integer(bits: bits)
    let size = [-40, -8, -2, -1, 0, 0, 1, 1, 2, 3, 5, 8][Int(next() % 12)]
    return (value, Int64(size - value.bitWidth))
  }
}

@Suite struct `Laws of balls` {
  /// The operands have long runs of equal bits, where estimates of digits go wrong most often.
  @Test(arguments: precisions)
  func `arithmetic contains the exact result`(precision: Int) throws {
    let arithmetic = BallArithmetic(precision: precision)
    let wide = BallArithmetic(precision: 800)
    for seed in 1...UInt64(150) {
      var numbers = SeededNumbers(seed: seed)
      let bits = min(precision, seed % 2 == 0 ? 128 : 300)
      let (x, y) = (numbers.integer(bits: bits), numbers.integer(bits: bits))
      let power = [0, -bits, -3, 1, 64, 127, 128, 129, 130, 131][Int(seed % 10)]
      let shifted = power < 0 ? Rational(y, over: Integer(1) << -power) : Rational(y << power)
      let (a, b) = (Rational(x), try #require(shifted))
      let (left, right) = (wide.ball(a), wide.ball(b))
      #expect(left.isExact && right.isExact)
      #expect(arithmetic.add(left, right).contains(a + b), "seed \(seed)")
      #expect(arithmetic.subtract(left, right).contains(a - b), "seed \(seed)")
      #expect(arithmetic.multiply(left, right).contains(a * b), "seed \(seed)")
      if let quotient = a.dividing(by: b) {
        let ball = arithmetic.divide(left, by: right)
        #expect(ball.contains(quotient), "seed \(seed)")
        #expect(try #require(ball.relativeAccuracy) >= precision - 1, "seed \(seed)")
      }
      let root = arithmetic.squareRoot(arithmetic.abs(left))
      #expect(wide.square(root).contains(a.absoluteValue), "seed \(seed)")
      #expect(try #require(root.relativeAccuracy) >= precision - 1, "seed \(seed)")
      if arithmetic.ball(a).isExact {
        let square = arithmetic.squareRoot(wide.square(left))
        #expect(square == wide.abs(left), "seed \(seed)")
      }
    }
  }

  @Test(arguments: names)
  func `a wide ball has an image that meets those of its points`(name: String) throws {
    let function = try #require(ballFunctions[name])
    let fine = BallArithmetic(precision: 200)
    for seed in 1...UInt64(80) {
      var numbers = SeededNumbers(seed: seed)
      let arithmetic = BallArithmetic(precision: precisions[Int(seed) % precisions.count])
      let (center, power) = numbers.fraction(50)
      let steps = UInt32(truncatingIfNeeded: numbers.next() >> (32 + numbers.next() % 31))
      let wide = arithmetic.ball(center, timesTwoTo: power, radius: steps)
      let image = function(arithmetic, wide)
      for _ in 0..<4 {
        let offset = Int64(numbers.next() % (2 * UInt64(steps) + 1)) - Int64(steps)
        let point = fine.ball(center + Integer(Int(offset)), timesTwoTo: power)
        let value = function(fine, point)
        switch image.state {
        case .defined: #expect(image.meets(value), "seed \(seed), offset \(offset)")
        case .undefined: #expect(value.state == .undefined, "seed \(seed), offset \(offset)")
        case .undecided, .exhausted: break
        }
      }
    }
  }

  @Test(arguments: ballOperations.keys.sorted())
  func `operations on wide balls meet those on their points`(name: String) throws {
    let operation = try #require(ballOperations[name])
    let fine = BallArithmetic(precision: 200)
    for seed in 1...UInt64(120) where name != "root" {
      var numbers = SeededNumbers(seed: seed)
      let arithmetic = BallArithmetic(precision: precisions[Int(seed) % precisions.count])
      var operands: [(wide: Ball, point: Ball)] = []
      for _ in 0..<2 {
        let (center, power) = numbers.fraction(40)
        let steps = UInt32(truncatingIfNeeded: numbers.next() >> (34 + numbers.next() % 31))
        let offset = Int64(numbers.next() % (2 * UInt64(steps) + 1)) - Int64(steps)
        operands.append(
          (
            arithmetic.ball(center, timesTwoTo: power, radius: steps),
            fine.ball(center + Integer(Int(offset)), timesTwoTo: power)
          ))
      }
      let image = operation(arithmetic, operands[0].wide, operands[1].wide)
      let value = operation(fine, operands[0].point, operands[1].point)
      switch image.state {
      case .defined: #expect(image.meets(value), "seed \(seed)")
      case .undefined: #expect(value.state == .undefined, "seed \(seed)")
      case .undecided, .exhausted: break
      }
    }
  }

  @Test(arguments: names)
  func `a higher precision gives a ball that meets the coarser one`(name: String) throws {
    let function = try #require(ballFunctions[name])
    for seed in 1...UInt64(30) {
      var numbers = SeededNumbers(seed: seed)
      let (value, power) = numbers.fraction(24)
      var last: Ball?
      for precision in precisions {
        let arithmetic = BallArithmetic(precision: precision)
        let image = function(arithmetic, arithmetic.ball(value, timesTwoTo: power))
        if let last {
          #expect(last.state == image.state, "seed \(seed), \(precision) bits")
          if image.isDefined { #expect(last.meets(image), "seed \(seed), \(precision) bits") }
        }
        last = image
      }
    }
  }

  @Test(arguments: identities.keys.sorted())
  func `identities hold`(name: String) throws {
    let identity = try #require(identities[name])
    for seed in 1...UInt64(50) {
      var numbers = SeededNumbers(seed: seed)
      let arithmetic = BallArithmetic(precision: precisions[Int(seed) % precisions.count])
      let (value, power) = numbers.fraction(24)
      let x = arithmetic.ball(value.magnitude + 1, timesTwoTo: power)
      let (left, right) = identity(arithmetic, x)
      if left.isDefined && right.isDefined { #expect(left.meets(right), "seed \(seed)") }
      #expect(left.isDefined || right.isDefined, "seed \(seed)")
    }
  }
}

private typealias Identity = @Sendable (BallArithmetic, Ball) -> (Ball, Ball)

private let identities: [String: Identity] = [
  "exp(log x) = x": { ($0.exp($0.log($1)), $1) },
  "sin² + cos² = 1": { ($0.add($0.square($0.sin($1)), $0.square($0.cos($1))), .one) },
  "cosh² = 1 + sinh²": { ($0.square($0.cosh($1)), $0.add(.one, $0.square($0.sinh($1)))) },
  "tan(atan x) = x": { ($0.tan($0.atan($1)), $1) },
  "sinh(asinh x) = x": { ($0.sinh($0.asinh($1)), $1) },
  "√x² = x": { ($0.squareRoot($0.square($1)), $1) },
  "acot x = atan(1/x)": { ($0.acot($1), $0.atan($0.reciprocal($1))) },
  "atan x + acot x = π/2": {
    ($0.add($0.atan($1), $0.acot($1)), $0.divide($0.pi, by: Ball(2)))
  },
  "log x² = 2 log x": { ($0.log($0.square($1)), $0.multiply(Ball(2), $0.log($1))) },
  "x^(1/3) is the third root": {
    ($0.power($1, $0.divide(.one, by: Ball(3))), $0.root($1, degree: 3))
  },
  "softplus(x) - softplus(-x) = x": {
    ($0.subtract($0.softplus($1), $0.softplus($0.negate($1))), $1)
  },
  "tanh x = 2σ(2x) - 1": {
    (
      $0.tanh($1),
      $0.subtract($0.multiply(Ball(2), $0.sigmoid($0.multiply(Ball(2), $1))), .one)
    )
  },
  "erf is odd": { ($0.erf($0.negate($1)), $0.negate($0.erf($1))) },
  "σ(x) + σ(-x) = 1": { ($0.add($0.sigmoid($1), $0.sigmoid($0.negate($1))), .one) },
]
