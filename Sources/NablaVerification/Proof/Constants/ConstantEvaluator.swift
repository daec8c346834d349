import NablaExpressions
import NablaNumbers

/// Balls of constant kernels at one precision.
struct ConstantEvaluator {
  let balls: BallArithmetic
  private var values: [Int: Ball] = [:]

  init(precision: Int) { balls = BallArithmetic(precision: precision) }

  mutating func ball(ofKernel place: Int, _ algebra: KernelAlgebra) -> Ball {
    if let known = values[place] { return known }
    let result = computed(algebra.kernels[place].kind, algebra)
    values[place] = result
    return result
  }

  private mutating func computed(_ kind: Kernel.Kind, _ algebra: KernelAlgebra) -> Ball {
    switch kind {
    case .name: return balls.pi
    case .primeLogarithm(let base): return balls.log(balls.ball(base))
    case .primeRoot(let base, let degree): return balls.root(balls.ball(base), degree: degree)
    case .root(let factor, let degree):
      return balls.root(balls.abs(ball(ofFactor: factor, algebra)), degree: degree)
    case .logarithm(let factor):
      return balls.log(balls.abs(ball(ofFactor: factor, algebra)))
    case .sign(let factor): return balls.sign(ball(ofFactor: factor, algebra))
    case .exponential(let key, let unit):
      return balls.exp(ball(of: FactoredForm(unit, key), algebra))
    case .cosine(let key, let unit): return balls.cos(ball(of: FactoredForm(unit, key), algebra))
    case .sine(let key, let unit): return balls.sin(ball(of: FactoredForm(unit, key), algebra))
    case .application(let function, let x):
      let value = ball(of: x, algebra)
      switch function {
      case .atan: return balls.atan(value)
      case .asin: return balls.asin(value)
      case .erf: return balls.erf(value)
      default: return unknown
      }
    case .unknown, .condition: return unknown
    }
  }

  /// What has no value here; no comparison with it is ever certain.
  private var unknown: Ball { balls.log(Ball(-1)) }

  private mutating func ball(ofFactor id: Int, _ algebra: KernelAlgebra) -> Ball {
    switch algebra.factors[id] {
    case .kernel(let kernel): ball(ofKernel: kernel, algebra)
    case .polynomial(let polynomial): ball(of: polynomial, algebra)
    }
  }

  mutating func ball(of form: FactoredForm, _ algebra: KernelAlgebra) -> Ball {
    var result = balls.ball(form.coefficient)
    for factor in form.factors {
      let base = ball(ofFactor: factor.id, algebra)
      result = balls.multiply(result, balls.power(base, Integer(factor.exponent)))
    }
    return result
  }

  mutating func ball(of polynomial: KernelPolynomial, _ algebra: KernelAlgebra) -> Ball {
    var result = Ball.zero
    for (monomial, value) in polynomial.ordered {
      var term = balls.ball(value)
      for power in monomial.powers {
        let base = ball(ofKernel: power.kernel, algebra)
        term = balls.multiply(term, balls.power(base, Integer(power.exponent)))
      }
      result = balls.add(result, term)
    }
    return result
  }
}
