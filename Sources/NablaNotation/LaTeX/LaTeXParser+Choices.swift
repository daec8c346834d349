extension LaTeXParser {
  /// `\arg\max_i z_i`, `\operatorname{argmin}_w J`: where something is greatest or least, as a call
  /// of what is chosen and of what is compared.
  mutating func choice() throws(Diagnostic) -> Syntax {
    let start = place
    var name = tokens[place].text
    place += 1
    if name == "arg", current == .function || current == .unsupported {
      name += tokens[place].text
      place += 1
    }
    guard name == "argmax" || name == "argmin" else {
      place = start
      throw unexpected()
    }
    let scripts = try takeScripts()
    guard scripts.above.isEmpty, scripts.primes == 0, scripts.below.count == 1,
      let below = scripts.below.first
    else { throw unreadable("it is not said what is chosen", start) }
    let chosen = try expression(below)
    let isIndex: Bool
    let count = bound.count
    if case .name(let letter) = chosen.kind, names.isIndexLetter(letter) {
      bound.append(letter)
      isIndex = true
    } else {
      isIndex = false
    }
    defer { if isIndex { bound.removeLast(bound.count - count) } }
    guard startsFactor() || current == .minus else {
      throw unreadable("it is not said what is compared", start)
    }
    let body = try deeper { (parser) throws(Diagnostic) in
      try parser.term(.product)
    }
    let call = CallSyntax(
      function: NameSyntax(name, range(start..<start + 1)), primes: 0, arguments: [chosen, body])
    return Syntax(.call(call), range(from: start))
  }
}
