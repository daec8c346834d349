import NablaExpressions
import NablaNumbers

/// One side of a rule: an expression with holes.
///
/// `u v w x` stand for anything, `n m` for numbers, `c` for anything free of the variable of
/// differentiation, and `a` as a factor for all factors that the rest of its product leaves over,
/// possibly none.
package indirect enum Pattern: Sendable {
  case anything(Letter)
  case number(Letter)
  /// The remaining factors of a product; 1 if there are none.
  case remainder(Letter)
  case exactly(Rational)
  case constant(Constant)
  case function(Function, Pattern)
  case power(Pattern, Pattern)
  case product([Pattern])
  case sum([Pattern])
  /// d(u): the derivative of u.
  case differential(Pattern)
  case relation(Relation, Pattern, Pattern)
  case indicator(Pattern)
  case maximum([Pattern])
  case minimum([Pattern])

  package typealias Letter = UInt8
}

/// What the letters of a pattern stand for.
package struct Bindings: Sendable {
  private var letters: [(letter: Pattern.Letter, value: Handle)] = []

  package init() {}

  package subscript(letter: Pattern.Letter) -> Handle? {
    for entry in letters where entry.letter == letter { return entry.value }
    return nil
  }

  package mutating func bind(_ letter: Pattern.Letter, to value: Handle) {
    letters.append((letter, value))
  }

  /// Binds a letter, or checks that it already stands for this.
  mutating func unify(_ letter: Pattern.Letter, with value: Handle) -> Bool {
    if let known = self[letter] { return known == value }
    bind(letter, to: value)
    return true
  }

  var mark: Int { letters.count }

  mutating func undo(to mark: Int) { letters.removeLast(letters.count - mark) }
}
