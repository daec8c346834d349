import NablaExpressions

/// Forms with what has a shorter notation written in it.
extension ExpressionPool {
  /// A form in which A·A is A², A⁻¹B⁻¹ is (BA)⁻¹, 1ᵀu is sum(u), and 1·1ᵀ a matrix of ones, in
  /// every part.
  func abbreviated(_ form: MatrixForm) -> MatrixForm {
    let form = form.mapParts { abbreviated($0) }
    guard case .product(let factors) = form.kind else { return form }
    if form.shape.isScalar, let total = total(of: factors) { return total }
    let shorter = withInversesOfProducts(withPowers(withMatricesOfOnes(factors)))
    return shorter.count < factors.count ? MatrixForm.chain(shorter) : form
  }

  /// 1ᵀu and uᵀ1 as the sum of the entries of u, and 1ᵀA1 as that of the entries of A.
  private func total(of factors: [MatrixForm]) -> MatrixForm? {
    guard factors.allSatisfy({ !$0.shape.isScalar }) else { return nil }
    var inner = factors[...]
    if let first = inner.first, isOnes(first), first.shape.isRow { inner = inner.dropFirst() }
    if let last = inner.last, isOnes(last), last.shape.isColumn { inner = inner.dropLast() }
    guard inner.count == 1, inner.count < factors.count, let only = inner.first else { return nil }
    if case .transpose(let upright) = only.kind {
      return MatrixForm(.total(upright), .scalar)
    }
    return MatrixForm(.total(only), .scalar)
  }

  private func isOnes(_ form: MatrixForm) -> Bool {
    switch form.kind {
    case .ones: true
    case .transpose(let inner): isOnes(inner)
    default: false
    }
  }

  private func withMatricesOfOnes(_ factors: [MatrixForm]) -> [MatrixForm] {
    var found: [MatrixForm] = []
    for factor in factors {
      if let last = found.last, isOnes(last), last.shape.isColumn, isOnes(factor),
        factor.shape.isRow
      {
        let shape = Shape(rows: last.shape.rows, columns: factor.shape.columns)
        found[found.count - 1] = MatrixForm(.ones, shape)
      } else {
        found.append(factor)
      }
    }
    return found
  }

  /// Runs of one square factor as powers; (Aᵀ)² is (A²)ᵀ.
  private func withPowers(_ factors: [MatrixForm]) -> [MatrixForm] {
    var runs: [(factor: MatrixForm, count: Int)] = []
    for factor in factors {
      if let last = runs.last, last.factor == factor, factor.shape.isMatrix {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((factor, 1))
      }
    }
    return runs.map { factor, count in
      if count == 1 { return factor }
      if case .transpose(let inner) = factor.kind {
        return MatrixForm(.matrixPower(inner, count), inner.shape).transposed
      }
      return MatrixForm(.matrixPower(factor, count), factor.shape)
    }
  }

  /// A⁻¹B⁻¹ as (BA)⁻¹.
  private func withInversesOfProducts(_ factors: [MatrixForm]) -> [MatrixForm] {
    var found: [MatrixForm] = []
    for factor in factors {
      if let last = found.last, let left = inverted(last), let right = inverted(factor) {
        let product = MatrixForm.chain(right.chain + left.chain)
        found[found.count - 1] = MatrixForm(.inverse(product), product.shape.transposed)
      } else {
        found.append(factor)
      }
    }
    return found
  }

  /// What a form is the inverse of.
  private func inverted(_ form: MatrixForm) -> MatrixForm? {
    switch form.kind {
    case .inverse(let inner): inner
    case .transpose(let upright): inverted(upright).map { transpose($0) }
    default: nil
    }
  }
}
