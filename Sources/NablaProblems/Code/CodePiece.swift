/// The text of an expression with how tightly it holds together.
struct CodePiece {
  var text: String
  var strength: Strength
  /// The number of operations in it.
  var size: Int

  /// From what holds least to what holds most.
  enum Strength: Int, Comparable {
    case conditional, disjunction, conjunction, complement, comparison, sum, product, sign, power
    case atom

    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
  }

  init(_ text: String, _ strength: Strength = .atom, size: Int = 1) {
    self.text = text
    self.strength = strength
    self.size = size
  }

  /// The text in brackets where it holds less tightly than its place demands.
  func text(atLeast strength: Strength) -> String {
    self.strength < strength ? "(" + text + ")" : text
  }

  /// A call with arguments.
  static func call(_ function: String, _ arguments: [CodePiece]) -> CodePiece {
    var text = function + "("
    for (place, argument) in arguments.enumerated() {
      if place > 0 { text += ", " }
      text += argument.text
    }
    return CodePiece(text + ")", .atom, size: arguments.reduce(1) { $0 + $1.size })
  }
}

/// A whole number in indices and sizes, as it counts from 0 in code.
struct CodeInteger {
  var terms: [(coefficient: Int, text: String)] = []
  var constant = 0

  static func + (left: CodeInteger, right: CodeInteger) -> CodeInteger {
    CodeInteger(terms: left.terms + right.terms, constant: left.constant &+ right.constant).merged
  }

  static func * (factor: Int, form: CodeInteger) -> CodeInteger {
    CodeInteger(
      terms: form.terms.map { (factor &* $0.coefficient, $0.text) },
      constant: factor &* form.constant)
  }

  static func - (left: CodeInteger, right: CodeInteger) -> CodeInteger { left + -1 * right }

  private var merged: CodeInteger {
    var result = CodeInteger(constant: constant)
    for term in terms {
      if let place = result.terms.firstIndex(where: { $0.text == term.text }) {
        result.terms[place].coefficient &+= term.coefficient
      } else {
        result.terms.append(term)
      }
    }
    result.terms.removeAll { $0.coefficient == 0 }
    return result
  }

  /// The number if no name occurs.
  var literal: Int? { terms.isEmpty ? constant : nil }

  var piece: CodePiece {
    var text = ""
    for term in terms.sorted(by: { $0.coefficient > 0 && $1.coefficient < 0 }) {
      let magnitude = abs(term.coefficient)
      let part = magnitude == 1 ? term.text : "\(magnitude) * \(term.text)"
      if text.isEmpty {
        text = term.coefficient < 0 ? "-" + part : part
      } else {
        text += (term.coefficient < 0 ? " - " : " + ") + part
      }
    }
    if terms.isEmpty { return CodePiece("\(constant)", constant < 0 ? .sign : .atom) }
    if constant != 0 { text += constant < 0 ? " - \(-constant)" : " + \(constant)" }
    if terms.count == 1, constant == 0, terms[0].coefficient == 1 { return CodePiece(text) }
    return CodePiece(text, .sum, size: terms.count)
  }
}

/// What a function of the code needs beside the language's own functions.
enum CodeHelper: Int, CaseIterable, Comparable {
  case sigmoid, softplus, softmax, relu, sign, step
  case cot, sec, csc, coth, sech, csch
  case acot, asec, acsc, acoth, asech, acsch
  case erf, product, determinant, inverse

  static func < (left: CodeHelper, right: CodeHelper) -> Bool { left.rawValue < right.rawValue }
}
