import NablaNotation

/// What statements such as `vector h[N]; scalar L` make known.
///
/// `plain text` and `decimal commas` tell how formulas are written, `prime x` by what a prime
/// differentiates, `gradient x y` by what ∇ does.
func vocabulary(_ declarations: String) -> LaTeXVocabulary {
  var known = KnownNames()
  var vocabulary = LaTeXVocabulary(known)
  for statement in declarations.split(separator: ";") {
    let words = statement.split(separator: " ").map { String($0) }
    switch words.first {
    case "plain": vocabulary.isPlainText = true
    case "decimal": vocabulary.usesDecimalCommas = true
    case "prime":
      vocabulary.usualVariable = words.last
      for word in words.dropFirst() { vocabulary.primeVariables[word] = words.last }
    case "gradient": vocabulary.gradientColumns[words[1]] = Array(words.dropFirst(2))
    default: known.collect(from: SourceText(name: "declarations", String(statement)))
    }
  }
  vocabulary.known = known
  return vocabulary
}

func traced(_ text: String) -> TracedText {
  let source = SourceText(name: "test", text)
  return TracedText(source, in: SourceRange(0, source.bytes.count))
}

/// The chains of a formula, the literal reading of each member first and the others in braces.
func reading(
  _ latex: String, _ vocabulary: LaTeXVocabulary = LaTeXVocabulary(KnownNames()),
  macros: MacroTable = MacroTable()
) -> String {
  let formula = readLaTeX(traced(latex), vocabulary: vocabulary, macros: macros)
  return formula.chains.map { describe($0) }.joined(separator: " ;; ")
}

func describe(_ chain: RelationChain) -> String {
  var text = ""
  for (place, member) in chain.members.enumerated() {
    if place > 0 { text += " \(chain.links[place - 1].relation.rawValue) " }
    text += describe(member)
  }
  for condition in chain.conditions { text += " when \(condition.plainNotation())" }
  for remark in chain.remarks { text += " (\(remark.text))" }
  return text
}

private func describe(_ member: RelationChain.Member) -> String {
  var text: String
  switch member.content {
  case .expression(let syntax): text = syntax.plainNotation()
  case .space(let sizes):
    text = "R[" + sizes.map { $0.plainNotation() }.joined(separator: ", ") + "]"
  case .empty: text = "nothing"
  case .words(let words): text = "'\(words)'"
  case .unreadable(let diagnostic):
    text = "unreadable \(diagnostic.range.lower)-\(diagnostic.range.upper)"
  }
  for kind in member.kind { text += " {\(kind.reason.rawValue): \(kind.syntax.plainNotation())}" }
  return text
}
