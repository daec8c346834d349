/// What follows a command: options with or without a value, each taken out as it is read.
struct Arguments {
  struct Failure: Error {
    let message: String
  }

  private var rest: [String]

  init(_ list: [String]) { rest = list }

  mutating func flag(_ name: String) -> Bool {
    guard let place = rest.firstIndex(of: name) else { return false }
    rest.remove(at: place)
    return true
  }

  mutating func text(_ name: String) throws(Failure) -> String? {
    guard let place = rest.firstIndex(of: name) else { return nil }
    guard place + 1 < rest.count else { throw Failure(message: "\(name) needs a value") }
    let value = rest[place + 1]
    rest.removeSubrange(place...place + 1)
    return value
  }

  mutating func number(_ name: String, _ value: Int) throws(Failure) -> Int {
    guard let text = try text(name) else { return value }
    guard let number = Int(text), number >= 0, number < 1 << 40 else {
      throw Failure(message: "\(name) needs a number, not \(text)")
    }
    return number
  }

  /// Takes all that is left.
  mutating func remaining() -> [String] {
    let list = rest
    rest = []
    return list
  }

  /// Refuses whatever was not taken.
  func finish() throws(Failure) {
    if let first = rest.first { throw Failure(message: "unexpected \(first)") }
  }
}
