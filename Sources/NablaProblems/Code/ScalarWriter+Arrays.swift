import NablaExpressions
import NablaNotation
import NablaNumbers

/// Matrix forms as NumPy: vectors have one axis, whichever way they stand.
extension ScalarWriter {
  /// A form as an expression on whole arrays.
  mutating func array(
    _ form: MatrixForm, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if let name = knownForms[form] { return CodePiece(name) }
    let piece = try freshArray(form, &pool)
    guard sharedForms.contains(form), blocks.count == 1 else { return piece }
    var wanted = "part"
    if case .inverse(let inner) = form.kind, case .array(let id) = inner.kind {
      wanted = names.known(id, pool) + "_inverse"
    }
    let name = local(wanted)
    line("\(name) = \(piece.text)")
    knownForms[form] = name
    return CodePiece(name)
  }

  /// Takes note of the parts of forms that occur more than once and take some work.
  mutating func share(_ forms: [MatrixForm]) {
    var seen: Set<MatrixForm> = []
    for form in forms { share(form, &seen) }
  }

  private mutating func share(_ form: MatrixForm, _ seen: inout Set<MatrixForm>) {
    switch form.kind {
    case .scalar, .array, .entries, .identity, .ones, .unitVector, .transpose, .negation,
      .indicator, .outer:
      break
    case .product(let factors) where factors.contains(where: { $0.isOnes }): break
    default:
      if !seen.insert(form).inserted {
        sharedForms.insert(form)
        return
      }
    }
    _ = form.mapParts { part in
      share(part, &seen)
      return part
    }
  }

  private mutating func freshArray(
    _ form: MatrixForm, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    switch form.kind {
    case .scalar(let value): return try piece(value, &pool)
    case .array(let symbol): return wholeArray(symbol, form.shape, pool)
    case .entries, .derivative:
      throw CodeObstacle("a matrix is given by its entries alone")
    case .literal(let rows): return try literal(rows, form.shape, &pool)
    case .identity:
      return .call("np.eye", [CodePiece(try sizes(form.shape, &pool)[0])])
    case .ones: return try filled(form.shape, &pool)
    case .unitVector(let place):
      guard let range = form.shape.ranges.first else { return CodePiece(one) }
      let index = try integer(place, pool) - integer(range.lower, pool)
      return CodePiece("np.eye(\(try sizes(form.shape, &pool)[0]))[\(index.piece.text)]")
    case .sum(let terms): return try arraySum(terms, form.shape, &pool)
    case .negation(let inner):
      let inner = try array(inner, &pool)
      return CodePiece("-" + inner.text(atLeast: .power), .sign, size: inner.size)
    case .product(let factors): return try chain(factors, &pool)
    case .hadamard(let factors): return try hadamard(factors, form.shape, &pool)
    case .quotient(let above, let below):
      return try quotient(array(above, &pool), array(below, &pool))
    case .elementwiseQuotient(let above, let below):
      if let masked = above.masked(over: below, form.shape) { return try array(masked, &pool) }
      let parts = try spread([above, below], form.shape, &pool)
      return quotient(parts[0], parts[1])
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      return try arrayPower(base, exponent, form.shape, &pool)
    case .matrixPower(let base, let exponent):
      return .call("np.linalg.matrix_power", [try array(base, &pool), CodePiece("\(exponent)")])
    case .transpose(let inner):
      let piece = try array(inner, &pool)
      if !inner.shape.isMatrix { return piece }
      if case .array(let symbol) = inner.kind, pool.isSymmetric(symbol) { return piece }
      return CodePiece(piece.text(atLeast: .atom) + ".T", .atom, size: piece.size)
    case .function(let function, let argument):
      let argument = try array(argument, &pool)
      let spelling = CodeFunction.spelling(of: function, language)
      if let helper = spelling.helper { helpers.insert(helper) }
      return .call(spelling.name, [argument])
    case .apply(let id, let arguments):
      if definitions[id] != nil
        || pool.functionDerivative(of: id).map({
          definitions[$0.function] != nil
        }) == true
      {
        throw CodeObstacle("a defined function is applied to arrays")
      }
      return .call(names.name(of: id, pool), try spread(arguments, form.shape, &pool))
    case .extremum(let operands, let isMaximum):
      let parts = try spread(operands, form.shape, &pool)
      guard var result = parts.first else { throw CodeObstacle("an extremum of nothing") }
      for part in parts.dropFirst() {
        result = .call(isMaximum ? "np.maximum" : "np.minimum", [result, part])
      }
      return result
    case .indicator:
      let condition = try mask(form, &pool)
      if form.shape.isScalar { return float(condition) }
      return CodePiece(condition.text(atLeast: .atom) + ".astype(float)", size: condition.size)
    default: return try reduction(form, &pool)
    }
  }

  private mutating func reduction(
    _ form: MatrixForm, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    switch form.kind {
    case .inverse(let inner) where inner.shape.isMatrix:
      return .call("np.linalg.inv", [try array(inner, &pool)])
    case .determinant(let inner) where inner.shape.isMatrix:
      return .call("np.linalg.det", [try array(inner, &pool)])
    case .trace(let inner) where inner.shape.isMatrix:
      return .call("np.trace", [try array(inner, &pool)])
    case .diagonal(let inner) where !inner.shape.isScalar:
      return .call("np.diag", [try array(inner, &pool)])
    case .dot(let left, let right) where left.shape.ranges.count == 1:
      if left.hidesPart(of: right) || right.hidesPart(of: left) {
        throw CodeObstacle("an entry may have no value where a condition hides it")
      }
      let left = try array(left, &pool)
      let right = try array(right, &pool)
      return CodePiece(
        left.text(atLeast: .product) + " @ " + right.text(atLeast: .power), .product,
        size: left.size + right.size)
    case .outer(let left, let right)
    where left.shape.ranges.count == 1 && right.shape.ranges.count == 1:
      return .call("np.outer", [try array(left, &pool), try array(right, &pool)])
    case .norm(let inner) where !inner.shape.isScalar:
      return .call("np.linalg.norm", [try array(inner, &pool)])
    case .softmax(let inner) where !inner.shape.isScalar:
      helpers.insert(.softmax)
      return .call("softmax", [try array(inner, &pool)])
    case .total(let inner) where !inner.shape.isScalar:
      return .call("np.sum", [try array(inner, &pool)])
    case .mean(let inner) where !inner.shape.isScalar:
      return .call("np.mean", [try array(inner, &pool)])
    default: throw CodeObstacle("a matrix operation on a scalar")
    }
  }

  private func wholeArray(
    _ symbol: SymbolID, _ shape: Shape, _ pool: borrowing ExpressionPool
  ) -> CodePiece {
    let name = names.known(symbol, pool)
    let ranges = pool.declaration(of: symbol).ranges
    if ranges.count == shape.ranges.count { return CodePiece(name) }
    if ranges.count == 1 { return CodePiece(name + "[0]") }
    if shape.isScalar { return CodePiece(name + "[0, 0]") }
    return CodePiece(name + (ranges[0].isUnit ? "[0]" : "[:, 0]"))
  }

  /// The sizes of the axes that have an index.
  private func sizes(
    _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [String] {
    var texts: [String] = []
    for range in shape.ranges { texts.append(try size(of: range, &pool).piece.text) }
    if texts.isEmpty { throw CodeObstacle("an array without axes") }
    return texts
  }

  private func filled(
    _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    let sizes = try sizes(shape, &pool)
    return CodePiece(sizes.count == 1 ? "np.ones(\(sizes[0]))" : "np.ones((\(joined(sizes))))")
  }

  private mutating func literal(
    _ rows: [[MatrixForm]], _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var lines: [String] = []
    var size = 1
    for row in rows {
      var entries: [String] = []
      for entry in row {
        let piece = try array(entry, &pool)
        size += piece.size
        entries.append(piece.text)
      }
      lines.append(shape.isMatrix ? "[" + joined(entries) + "]" : joined(entries))
    }
    return CodePiece("np.array([" + joined(lines) + "])", size: size)
  }

  private func quotient(_ above: CodePiece, _ below: CodePiece) -> CodePiece {
    CodePiece(
      above.text(atLeast: .product) + " / " + below.text(atLeast: .power), .product,
      size: above.size + below.size)
  }

  // MARK: Broadcasting

  /// What has to be repeated to get a form, and whether it tells rows and columns apart.
  private typealias Thin = (piece: CodePiece, hasRows: Bool, hasColumns: Bool)

  /// A form all of whose rows, columns or entries are the same: ones times a row, a column times
  /// ones, a number times ones.
  private mutating func thin(
    _ form: MatrixForm, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> Thin? {
    switch form.kind {
    case .ones: return (CodePiece("1"), false, false)
    case .product(let factors): return try thin(factors, &pool)
    case .outer(let left, let right): return try thin([left, right.transposed], &pool)
    case .negation(let inner):
      guard var inner = try thin(inner, &pool) else { return nil }
      inner.piece = CodePiece(
        "-" + inner.piece.text(atLeast: .power), .sign, size: inner.piece.size)
      return inner
    default: return nil
    }
  }

  private mutating func thin(
    _ factors: [MatrixForm], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> Thin? {
    let arrays = factors.filter { !$0.shape.isScalar }
    guard let first = arrays.first, let last = arrays.last else { return nil }
    let scalars = factors.filter { $0.shape.isScalar }
    if arrays.count == 1 {
      guard first.isOnes, !scalars.isEmpty else { return nil }
      return (try chain(scalars, &pool), false, false)
    }
    guard first.shape.rows != nil, last.shape.columns != nil else { return nil }
    if first.isOnesVector, first.shape.isColumn {
      return (try chain(scalars + arrays.dropFirst(), &pool), false, true)
    }
    if last.isOnesVector, last.shape.isRow {
      return (try column(scalars + arrays.dropLast(), &pool), true, false)
    }
    guard arrays.count == 2, first.shape.isMatrix, last.shape.isMatrix else { return nil }
    let isFirst = first.isOnes
    guard isFirst || last.isOnes else { return nil }
    // The sum along an axis, which is the other one of what is transposed.
    var summed = isFirst ? last : first
    var axis = isFirst ? 0 : 1
    if case .transpose(let inner) = summed.kind {
      summed = inner
      axis = 1 - axis
    }
    let inner = try array(summed, &pool)
    var value = CodePiece("np.sum(\(inner.text), axis=\(axis))", size: inner.size)
    if !isFirst {
      value =
        axis == 1
        ? CodePiece("np.sum(\(inner.text), axis=1, keepdims=True)", size: inner.size)
        : CodePiece(value.text + "[:, None]", size: inner.size)
    }
    if !scalars.isEmpty {
      let factor = try chain(scalars, &pool)
      value = CodePiece(
        factor.text(atLeast: .product) + " * " + value.text, .product,
        size: factor.size + value.size)
    }
    return (value, !isFirst, isFirst)
  }

  /// A column vector, as it is repeated along the rows.
  mutating func column(
    of form: MatrixForm, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if case .product(let factors) = form.kind, !sharedForms.contains(form) {
      return try column(factors, &pool)
    }
    let column = try array(form, &pool)
    return CodePiece(column.text(atLeast: .atom) + "[:, None]", size: column.size)
  }

  private mutating func column(
    _ factors: [MatrixForm], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if factors.count == 2, factors[0].shape.isMatrix, factors[1].isOnesVector {
      if case .transpose = factors[0].kind {
      } else {
        let inner = try array(factors[0], &pool)
        return CodePiece("np.sum(\(inner.text), axis=1, keepdims=True)", size: inner.size)
      }
    }
    let column = try chain(factors, &pool)
    return CodePiece(column.text(atLeast: .atom) + "[:, None]", size: column.size)
  }

  /// Operands of an operation entry by entry, which together have the full shape.
  private mutating func spread(
    _ forms: [MatrixForm], _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [CodePiece] {
    var pieces: [CodePiece] = []
    var hasRows = shape.rows == nil
    var hasColumns = shape.columns == nil
    for form in forms {
      if let thin = try thin(form, &pool) {
        pieces.append(thin.piece)
        hasRows = hasRows || thin.hasRows
        hasColumns = hasColumns || thin.hasColumns
      } else {
        hasRows = hasRows || form.shape.rows != nil
        hasColumns = hasColumns || form.shape.columns != nil
        pieces.append(try array(form, &pool))
      }
    }
    if !hasRows || !hasColumns, let first = forms.firstIndex(where: { !$0.shape.isScalar }) {
      pieces[first] = try array(forms[first], &pool)
    }
    return pieces
  }

  private mutating func arraySum(
    _ terms: [MatrixForm], _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var text = ""
    var size = 0
    var signs: [Bool] = []
    var bare: [MatrixForm] = []
    for term in terms {
      if case .negation(let inner) = term.kind {
        signs.append(true)
        bare.append(inner)
      } else {
        signs.append(false)
        bare.append(term)
      }
    }
    for (isNegative, part) in zip(signs, try spread(bare, shape, &pool)) {
      size += part.size
      if text.isEmpty {
        text = isNegative ? "-" + part.text(atLeast: .product) : part.text(atLeast: .sum)
      } else {
        text += (isNegative ? " - " : " + ") + part.text(atLeast: .product)
      }
    }
    return CodePiece(text, .sum, size: size)
  }

  /// Entrywise products; what an indicator hides is left out where it may be undefined.
  private mutating func hadamard(
    _ factors: [MatrixForm], _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var masks: [CodePiece] = []
    var rest: [MatrixForm] = []
    for factor in factors {
      if case .indicator = factor.kind {
        masks.append(try mask(factor, &pool))
      } else {
        rest.append(factor)
      }
    }
    let isTotal = !rest.contains { $0.mayBeUndefined }
    var pieces = try spread(rest, shape, &pool)
    if isTotal || rest.isEmpty {
      pieces += masks
      masks = []
    }
    var text = ""
    var size = 0
    for piece in pieces {
      size += piece.size
      text += text.isEmpty ? piece.text(atLeast: .product) : " * " + piece.text(atLeast: .power)
    }
    let value = CodePiece(text, pieces.count > 1 ? .product : .sign, size: size)
    if rest.isEmpty {
      return CodePiece("1.0 * " + value.text(atLeast: .power), .product, size: size)
    }
    if masks.isEmpty { return value }
    var condition = masks.count == 1 ? masks[0].text : ""
    for mask in masks where masks.count > 1 {
      condition +=
        condition.isEmpty ? mask.text(atLeast: .power) : " & " + mask.text(atLeast: .atom)
    }
    return CodePiece("np.where(\(condition), \(value.text), 0.0)", size: size + 1)
  }

  private mutating func mask(
    _ form: MatrixForm, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    guard case .indicator(let relation, let left, let right) = form.kind else {
      return try array(form, &pool)
    }
    let sign =
      switch relation {
      case .equal: "=="
      case .notEqual: "!="
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      }
    let parts = try spread([left, right], form.shape, &pool)
    return CodePiece(
      parts[0].text(atLeast: .sum) + " \(sign) " + parts[1].text(atLeast: .sum), .comparison,
      size: parts[0].size + parts[1].size)
  }

  private mutating func arrayPower(
    _ base: MatrixForm, _ exponent: MatrixForm, _ shape: Shape, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if shape.isScalar, case .scalar(let above) = exponent.kind, case .scalar(let below) = base.kind
    {
      return try piece(pool.writtenPower(below, above), &pool)
    }
    let parts = try spread([base, exponent], shape, &pool)
    if case .scalar(let handle) = exponent.kind, isInteger(handle, pool) {
      return CodePiece(
        parts[0].text(atLeast: .atom) + "**" + parts[1].text(atLeast: .atom), .power,
        size: parts[0].size + parts[1].size)
    }
    return .call("np.power", parts)
  }
}
