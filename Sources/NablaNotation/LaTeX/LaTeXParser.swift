/// A precedence-climbing parser of LaTeX mathematics over the tokens of one line.
///
/// Loose notation has a literal reading and others, each behind a flag: the parser notes which
/// flags would have made a difference, so that a caller can read again with one of them.
struct LaTeXParser {
  let tokens: [LaTeXToken]
  /// The place of the bracket that belongs to one, or −1.
  let partners: [Int32]
  let names: LaTeXNames
  var place = 0
  var end = 0
  var flags: Looseness = []
  var met: Looseness = []
  var repairs: [Repair] = []
  /// Indices of the sums and products around, the innermost last.
  var bound: [String] = []
  /// What functions that stand without an argument are taken at.
  var bareArgument: String?
  /// Whether functions of the problem that stand without an argument are taken at their own.
  var addsArguments = false
  private var depth = 0
  /// How many bars `|` are open.
  var openBars = 0
  private let hasFractionBars: Bool
  /// Formulas nest at most this deep: each level takes several calls, on small stacks as well.
  private static let deepestNesting = 100
  /// How many brackets are never closed.
  let unclosedBrackets: Int

  /// The places where notation is loose.
  struct Looseness: OptionSet, Sendable {
    let rawValue: UInt8
    static let reachOfSum = Looseness(rawValue: 1)
    static let reachOfFunction = Looseness(rawValue: 2)
    static let missingDifferential = Looseness(rawValue: 4)
    static let missingBracket = Looseness(rawValue: 8)
    static let application = Looseness(rawValue: 16)
    static let raised = Looseness(rawValue: 32)
    static let product = Looseness(rawValue: 64)
    static let reachOfDivision = Looseness(rawValue: 128)
  }

  init(_ tokens: [LaTeXToken], _ names: LaTeXNames) {
    self.tokens = tokens
    self.names = names
    partners = Self.partners(tokens)
    var unclosed = 0
    for (place, token) in tokens.enumerated() where token.kind == .open && partners[place] < 0 {
      unclosed += 1
    }
    unclosedBrackets = unclosed
    hasFractionBars = tokens.contains { $0.kind == .fractionBar }
  }

  /// Forgets where reading stopped.
  mutating func restart() {
    place = 0
    end = tokens.count
    flags = []
    met = []
    repairs = []
    bound = []
    depth = 0
    openBars = 0
  }

  private static func partners(_ tokens: [LaTeXToken]) -> [Int32] {
    var partners = [Int32](repeating: -1, count: tokens.count)
    var open: [Int] = []
    func pair(_ opening: Int, _ closing: Int) {
      partners[opening] = Int32(closing)
      partners[closing] = Int32(opening)
    }
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case .groupOpen, .begin, .open: open.append(place)
      case .close:
        if let last = open.last, tokens[last].kind == .open {
          open.removeLast()
          pair(last, place)
        }
      case .groupClose, .end:
        let kind: LaTeXToken.Kind = token.kind == .groupClose ? .groupOpen : .begin
        var last = open.count - 1
        while last >= 0, tokens[open[last]].kind == .open { last -= 1 }
        if last >= 0, tokens[open[last]].kind == kind {
          pair(open[last], place)
          open.removeSubrange(last...)
        }
      default: break
      }
    }
    return partners
  }

  // MARK: Tokens

  func token(_ place: Int) -> LaTeXToken.Kind {
    place >= 0 && place < end ? tokens[place].kind : .finish
  }

  var current: LaTeXToken.Kind { place < end ? tokens[place].kind : .finish }

  /// Where the group, environment or bracket that opens at a place closes.
  func partner(_ place: Int) -> Int? {
    let partner = Int(partners[place])
    return partner < 0 ? nil : partner
  }

  func range(from start: Int) -> SourceRange { range(start..<max(place, start)) }

  /// The characters of some tokens.
  func range(_ places: Range<Int>) -> SourceRange {
    guard !tokens.isEmpty else { return SourceRange(0, 0) }
    let first = min(places.lowerBound, tokens.count - 1)
    if places.isEmpty {
      let upper = tokens[first].range
      return first < places.lowerBound
        ? SourceRange(upper.upper, upper.upper) : SourceRange(upper.lower, upper.lower)
    }
    return tokens[first].range.union(tokens[min(places.upperBound, tokens.count) - 1].range)
  }

  /// The places of a kind of token that stand in no bracket inside a range.
  func places(of kinds: (LaTeXToken.Kind) -> Bool, in range: Range<Int>) -> [Int] {
    var found: [Int] = []
    var place = range.lowerBound
    while place < range.upperBound {
      if kinds(tokens[place].kind) { found.append(place) }
      place = next(after: place, in: range)
    }
    return found
  }

  /// The place after a token, or after the bracket that it opens.
  func next(after place: Int, in range: Range<Int>) -> Int {
    let partner = Int(partners[place])
    return partner > place && partner < range.upperBound ? partner + 1 : place + 1
  }

  /// The parts of a range between commas or semicolons.
  func list(_ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for comma in places(of: { $0 == .comma || $0 == .semicolon }, in: range) {
      parts.append(start..<comma)
      start = comma + 1
    }
    parts.append(start..<range.upperBound)
    return parts
  }

  func holdsRelation(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      if tokens[place].kind == .relation { return true }
      place = next(after: place, in: range)
    }
    return false
  }

  // MARK: Ranges

  /// Reads all of a range in one way.
  mutating func all(
    _ range: Range<Int>, _ read: (inout LaTeXParser) throws(Diagnostic) -> Syntax
  ) throws(Diagnostic) -> Syntax {
    guard depth < Self.deepestNesting else {
      throw Diagnostic(
        "nesting-too-deep", "nesting is deeper than the limit of \(Self.deepestNesting) levels",
        at: self.range(range))
    }
    let (outerPlace, outerEnd, outerBars) = (place, end, openBars)
    place = range.lowerBound
    end = range.upperBound
    openBars = 0
    depth += 1
    let result: Syntax
    if hasFractionBars, let bar = places(of: { $0 == .fractionBar }, in: range).first {
      result = try quotient(range.lowerBound..<bar, bar + 1..<range.upperBound, read)
      place = end
    } else {
      result = try read(&self)
    }
    if place < end { throw unexpected() }
    depth -= 1
    (place, end, openBars) = (outerPlace, outerEnd, outerBars)
    return result
  }

  private mutating func quotient(
    _ above: Range<Int>, _ below: Range<Int>,
    _ read: (inout LaTeXParser) throws(Diagnostic) -> Syntax
  ) throws(Diagnostic) -> Syntax {
    try fraction(above, below, from: above.lowerBound)
  }

  mutating func expression(_ range: Range<Int>) throws(Diagnostic) -> Syntax {
    try all(range) { (parser) throws(Diagnostic) in try parser.sum() }
  }

  /// Something one level deeper that is not a range of its own.
  mutating func deeper(
    _ read: (inout LaTeXParser) throws(Diagnostic) -> Syntax
  ) throws(Diagnostic) -> Syntax {
    guard depth < Self.deepestNesting else {
      throw Diagnostic(
        "nesting-too-deep", "nesting is deeper than the limit of \(Self.deepestNesting) levels",
        at: range(place..<min(place + 1, end)))
    }
    depth += 1
    let result = try read(&self)
    depth -= 1
    return result
  }

  // MARK: Errors

  /// The text of a token for messages.
  func spelling(_ place: Int) -> String {
    guard place < tokens.count else { return "the end" }
    let token = tokens[place]
    return token.text.isEmpty ? Self.sample(token) : DisplayText.quoted(token.text)
  }

  private static func sample(_ token: LaTeXToken) -> String {
    switch token.kind {
    case .groupOpen: "'{'"
    case .groupClose: "'}'"
    case .raised: "'^'"
    case .lowered: "'_'"
    case .plus: "'+'"
    case .minus: "'-'"
    case .over: "'/'"
    case .comma: "','"
    case .semicolon: "';'"
    case .colon: "':'"
    case .period: "'.'"
    case .open: "an opening bracket"
    case .close: "a closing bracket"
    case .bar: "'|'"
    case .times: "a product sign"
    case .relation: "a relation"
    case .cell: "'&'"
    case .row: "a row break"
    case .dots: "dots"
    default: "this"
    }
  }

  func unreadable(_ message: String, _ place: Int) -> Diagnostic {
    Diagnostic("unreadable", message, at: range(place..<min(place + 1, tokens.count)))
  }

  /// Why the token at hand cannot stand here.
  func unexpected() -> Diagnostic {
    guard place < end else {
      return Diagnostic(
        "unexpected-end", "something is missing at the end", at: range(place..<place))
    }
    switch current {
    case .unknown: return unreadable("\(spelling(place)) is not known", place)
    case .unsupported: return unreadable("\(spelling(place)) is not supported", place)
    case .dots: return unreadable("dots in an expression are not read", place)
    case .close, .groupClose: return unreadable("a closing bracket without an opening one", place)
    default: return unreadable("\(spelling(place)) is not expected here", place)
    }
  }
}
