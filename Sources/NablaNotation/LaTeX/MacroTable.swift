/// Commands that a text defines for itself.
package struct MacroTable: Sendable {
  package struct Macro: Sendable {
    package var parameters: Int
    /// The value of the first parameter where it may be left out.
    package var optional: TracedText?
    package var body: TracedText

    package init(parameters: Int, optional: TracedText? = nil, body: TracedText) {
      self.parameters = parameters
      self.optional = optional
      self.body = body
    }
  }

  /// By name, without the backslash.
  package private(set) var macros: [String: Macro] = [:]

  /// More definitions than this are not kept.
  package static let most = 1000

  package init() {}

  package subscript(_ name: String) -> Macro? { macros[name] }

  package mutating func define(_ name: String, _ macro: Macro) {
    if macros.count < Self.most || macros[name] != nil { macros[name] = macro }
  }
}
