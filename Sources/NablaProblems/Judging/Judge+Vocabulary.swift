import NablaExpressions
import NablaNotation

extension Judge {
  /// What the reader of a formula has to know of the names and of the author's habits.
  func vocabulary(
    for formula: Submission.Formula, in pool: borrowing ExpressionPool
  ) -> LaTeXVocabulary {
    var vocabulary = LaTeXVocabulary(scope, in: pool)
    vocabulary.sizeOfOnes = Self.sizeOfOnes
    vocabulary.isPlainText = formula.isPlain
    vocabulary.groupsDigits = section.asksForCountsOnly
    vocabulary.gradientVariables = section.gradientVariables(in: pool)
    vocabulary.gradientColumns = section.gradientColumns(in: pool)
    for (written, meant) in aliases {
      vocabulary.gradientVariables[written] = vocabulary.gradientVariables[meant]
      vocabulary.gradientColumns[written] = vocabulary.gradientColumns[meant]
    }
    vocabulary.functionArguments = functionArguments(in: pool)
    if formula.text.bytes.holdPrimes {
      vocabulary.usualVariable = section.usualVariable(in: pool)
      vocabulary.primeVariables = primeVariables(vocabulary.usualVariable, in: pool)
    }
    return vocabulary
  }

  /// The variable that each function of one variable is declared with, where it is a scalar too.
  private func functionArguments(in pool: borrowing ExpressionPool) -> [String: String] {
    var arguments: [String: String] = [:]
    for (name, symbol) in scope.names where pool.kind(of: symbol) == .function {
      guard let definition = scope.definitions[symbol], definition.parameters.count == 1 else {
        continue
      }
      let variable = pool.declaration(of: definition.parameters[0]).name
      if let known = scope.names[variable], pool.kind(of: known) == .scalar {
        arguments[name] = variable
      }
    }
    return arguments
  }

  /// By what a prime differentiates each defined scalar: by the variable of the problem's functions,
  /// or else by the only one that it is computed from.
  private func primeVariables(
    _ usual: String?, in pool: borrowing ExpressionPool
  ) -> [String: String] {
    var variables: [String: String] = [:]
    for (name, symbol) in scope.names
    where pool.kind(of: symbol) == .scalar && scope.definitions[symbol] != nil {
      let inputs = inputs(of: symbol, in: pool)
      if let usual, inputs.contains(usual) {
        variables[name] = usual
      } else if inputs.count == 1 {
        variables[name] = inputs.first
      }
    }
    return variables
  }

  /// The scalars that a name is computed from in the end; none if there is an array among them.
  private func inputs(of symbol: SymbolID, in pool: borrowing ExpressionPool) -> Set<String> {
    var inputs: Set<String> = []
    var seen: Set<SymbolID> = [symbol]
    var open = [symbol]
    while let next = open.popLast() {
      guard let definition = scope.definitions[next] else { continue }
      for part in pool.symbolsOccurring(in: [definition.body]) where seen.insert(part).inserted {
        if scope.definitions[part] != nil || definition.parameters.contains(part) {
          open.append(part)
          continue
        }
        switch pool.kind(of: part) {
        case .scalar: inputs.insert(pool.declaration(of: part).name)
        case .array: return []
        default: break
        }
      }
    }
    return inputs
  }
}

extension [UInt8] {
  /// Whether there is a mark that may be a prime.
  fileprivate var holdPrimes: Bool {
    for (place, byte) in enumerated() {
      if byte == 0x27 { return true }
      guard place + 2 < count else { continue }
      if byte == 0xE2, self[place + 1] == 0x80, self[place + 2] == 0xB2 { return true }
      if byte == 0x70, self[place + 1] == 0x72, self[place + 2] == 0x69 { return true }
    }
    return false
  }
}
