import NablaExpressions
import NablaRendering
import NablaRewriting

extension SolutionDocument {
  /// The δ recursion entry by entry, then in matrix form where there is one.
  mutating func write(_ pass: BackwardPass, _ pool: inout ExpressionPool) {
    if pass.signals.isEmpty {
      document.blocks.append(
        .lead([words("There is nothing between the loss and what is learnt, so that")]))
    } else {
      document.blocks.append(
        .lead(
          [.strong([words("Backpropagation")])]
            + sentence(
              " computes the shared factors only once, as error signals %1:",
              .formula(.name("delta")))))
    }
    let subject = lastSubject ?? pool.one
    let outer = builder.spellings
    spellSignals(of: pass, &pool)
    var rows: [DerivationRow] = []
    for signal in pass.signals {
      let slope = formula(pool.derivative(subject, by: [signal.quantity]), &pool)
      rows.append(
        DerivationRow(
          formula(signal.name, &pool), .equal,
          .relation(slope, .equal, formula(signal.value, &pool))))
    }
    for gradient in pass.gradients {
      rows.append(
        DerivationRow(
          formula(pool.derivative(subject, by: [gradient.unknown]), &pool), .equal,
          formula(gradient.value, &pool)))
    }
    let matrixRows = matrixRows(of: pass, subject, &pool)
    if matrixRows.isEmpty || detail > .brief { document.blocks.append(.derivation(rows)) }
    if !matrixRows.isEmpty {
      if detail > .brief { document.blocks.append(.paragraph([words("In matrix form:")])) }
      document.blocks.append(.derivation(matrixRows))
    }
    writeCheck(of: pass, &pool)
    builder.spellings = outer
  }

  /// Prints the signal of a quantity as δ with that quantity below.
  mutating func spellSignals(of pass: BackwardPass, _ pool: inout ExpressionPool) {
    for signal in pass.signals {
      guard let id = pool.headSymbol(of: signal.name),
        let quantity = pool.headSymbol(of: signal.quantity)
      else { continue }
      let below = formula(pool.symbol(quantity), &pool).styled(style).latex(isInline: true)
      builder.spellings[id] = "\\delta_{" + below + "}"
    }
  }

  /// The recursion in matrix notation; nothing if all quantities are scalars.
  private mutating func matrixRows(
    of pass: BackwardPass, _ subject: Handle, _ pool: inout ExpressionPool
  ) -> [DerivationRow] {
    let hasArrays =
      pass.signals.contains { !$0.indices.isEmpty }
      || pass.gradients.contains { !$0.indices.isEmpty }
    guard hasArrays else { return [] }
    var rows: [DerivationRow] = []
    for signal in pass.signals {
      guard let form = signal.form else { return [] }
      let right =
        signal.indices.isEmpty
        ? formula(signal.value, &pool) : builder.formula(of: form, in: &pool)
      let slope = whole(signal.quantity, subject, &pool)
      rows.append(
        DerivationRow(
          wholeName(signal.name, &pool), .equal, .relation(slope, .equal, right)))
    }
    for gradient in pass.gradients {
      guard let form = gradient.form else { continue }
      rows.append(
        DerivationRow(
          whole(gradient.unknown, subject, &pool), .equal, builder.formula(of: form, in: &pool)))
    }
    return rows
  }

  /// ∂L/∂W with W as a whole.
  private mutating func whole(
    _ component: Handle, _ subject: Handle, _ pool: inout ExpressionPool
  ) -> Formula {
    .derivative(formula(subject, &pool), by: wholeName(component, &pool))
  }

  /// A scalar, or the vector or matrix that a component belongs to.
  mutating func wholeName(_ component: Handle, _ pool: inout ExpressionPool) -> Formula {
    guard let symbol = pool.headSymbol(of: component) else { return formula(component, &pool) }
    return formula(pool.symbol(symbol), &pool)
  }
}
