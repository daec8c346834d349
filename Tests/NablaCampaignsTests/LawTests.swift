import NablaVerification
import Testing

@testable import NablaCampaigns

/// A law with terms put for its letters.
struct LawInstance: CustomTestStringConvertible, Sendable {
  let left: Term
  let right: Term
  let kind: PairKind
  let law: String

  var testDescription: String { left.plain + " = " + right.plain }

  /// Each law with several terms for its letters, negative, positive and small ones among them.
  static let all: [LawInstance] = {
    let scalar: [[String: String]] = [
      ["u": "x", "v": "y", "w": "z", "t": "x + 1"],
      ["u": "p", "v": "q", "w": "y", "t": "2"],
      ["u": "q", "v": "p", "w": "p", "t": "y"],
      ["u": "x + p", "v": "y*q", "w": "q", "t": "x"],
      ["u": "1 + p", "v": "2", "w": "3", "t": "1"],
    ]
    let indexed: [[String: String]] = [
      ["u": "h[k]", "v": "y[k]", "w": "c"], ["u": "h[i]", "v": "y[j]", "w": "c"],
      ["u": "h[k]*y[i]", "v": "y[l]*y[j]", "w": "p"], ["u": "exp(h[k])", "v": "h[i]", "w": "p"],
      ["u": "exp(h[i])", "v": "exp(y[k])", "w": "p"], ["u": "W[k, l]", "v": "c", "w": "p"],
    ]
    var found: [LawInstance] = []
    for (laws, kind, fillings) in [
      (Laws.scalar, PairKind.scalar, scalar), (Laws.indexed, .indexed, indexed),
    ] {
      for law in laws {
        for filling in fillings {
          guard let (left, right) = law.instance(filling) else { continue }
          found.append(LawInstance(left: left, right: right, kind: kind, law: law.name))
        }
      }
    }
    return found
  }()
}

@Suite struct `Laws of the campaign` {
  @Test func `every row can be read`() {
    #expect(Laws.unreadable == [])
  }

  @Test func `the two sides of a law agree wherever both are defined`() {
    for law in LawInstance.all {
      var sampler = PairSampler(.of(law.kind), RandomNumbers(seed: 11))
      let survey = sampler.survey(law.left, law.right, points: 24)
      #expect(survey.different == 0, "\(law.testDescription)")
    }
  }

  @Test func `every law is looked at where both sides are defined`() {
    var points: [String: Int] = [:]
    for law in LawInstance.all {
      var sampler = PairSampler(.of(law.kind), RandomNumbers(seed: 12))
      points[law.law, default: 0] += sampler.survey(law.left, law.right, points: 24).defined
    }
    for law in Laws.scalar + Laws.indexed {
      #expect((points[law.name] ?? 0) >= 5, "\(law.name)")
    }
  }

  @Test func `the right side of a law is defined at no more points than the left one`() {
    for law in LawInstance.all {
      var random = RandomNumbers(seed: 13)
      for manner in 0..<12 {
        let point = SamplePoint(.of(law.kind), manner: manner, &random)
        var right = TermEvaluator(point)
        guard right.value(of: law.right) != nil else { continue }
        var left = TermEvaluator(point)
        #expect(left.value(of: law.left) != nil, "\(law.testDescription)")
      }
    }
  }

  @Test(arguments: [
    ("sin(x)", "cos(x)"), ("x^2", "x^2 + 1/10^9"), ("abs(x)", "x"), ("log(x*y)", "log(x)"),
    ("x*(1 + 1/10^9)", "x"), ("max(x, y)", "min(x, y)"),
  ])
  func `a damage is seen`(_ left: String, _ right: String) throws {
    var sampler = PairSampler(.scalar, RandomNumbers(seed: 14))
    let survey = try sampler.survey(TermReader.term(left), TermReader.term(right))
    #expect(survey.different >= 2)
  }
}
