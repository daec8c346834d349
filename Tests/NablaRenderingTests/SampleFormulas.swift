import NablaRendering

/// Short spellings for formulas in tests.
func n(_ digits: String) -> Formula { .number(digits) }

func v(_ name: String) -> Formula { .name(name) }

func at(_ name: String, _ indices: String...) -> Formula {
  .indexed(.name(name), indices.map { $0.first?.isNumber == true ? .number($0) : .name($0) })
}

func sum(_ terms: Formula...) -> Formula { .sum(terms.map { .init(.plus, $0) }) }

func difference(_ left: Formula, _ right: Formula) -> Formula {
  .sum([.init(.plus, left), .init(.minus, right)])
}

func times(_ factors: Formula...) -> Formula { .product(factors) }

func sigma(_ index: String, _ body: Formula) -> Formula {
  .bigOperator(.sum, .init([.name(index)]), body)
}

func partial(_ numerator: Formula, _ variable: Formula) -> Formula {
  .derivative(numerator, by: variable)
}

func equation(_ left: Formula, _ right: Formula) -> Formula { .relation(left, .equal, right) }

func greater(_ left: Formula, _ right: Formula) -> Formula { .relation(left, .greater, right) }

/// a₁·x₁ + … + aₙ·xₙ.
func longSum(_ count: Int) -> Formula {
  .sum((1...count).map { .init($0 % 3 == 0 ? .minus : .plus, times(v("a\($0)"), v("x\($0)"))) })
}
