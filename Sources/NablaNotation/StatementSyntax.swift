/// A statement of a problem file with its place.
package struct Statement: Sendable {
  package var syntax: StatementSyntax
  /// From the first to the last character, without the comment.
  package var range: SourceRange

  package init(syntax: StatementSyntax, range: SourceRange) {
    self.syntax = syntax
    self.range = range
  }
}

/// What a statement says; see the statement table of the interface.
package enum StatementSyntax: Sendable {
  case dimension([DimensionSyntax])
  case index([IndexSyntax])
  /// `class y = 1..K`.
  case fixedIndex([IndexSyntax])
  case declaration(DeclarationSyntax)
  case definition(DefinitionSyntax)
  case write(WriteSyntax)
  case assume(Syntax)
  case convention(RelationSyntax)
  case at([AssignmentSyntax])
  case forward(ForwardSyntax)
  case derive(DeriveSyntax)
  case gradient(GradientSyntax)
  case jacobian(MatrixDerivativeSyntax)
  case hessian(MatrixDerivativeSyntax)
  case prove(ProveSyntax)
  case expect(ExpectSyntax)
  case use(NameSyntax)
  case points(PointsSyntax)
  case cite(CiteSyntax)
  case layout(LayoutSyntax)
  /// `notation nabla, ln, decimal comma`.
  case notation([NotationOption])
  /// The quantities whose sizes are told; all where none are named.
  case shapes([NameSyntax])
  case parameters([NameSyntax])
  case train(TrainSyntax)
  case table(TableSyntax)
  case plot(PlotSyntax)
  case graph(GraphSyntax)
  /// The prose from `answer` to the end of its block.
  case answer(NameSyntax)
}

/// `N`, or `D = 3`.
package struct DimensionSyntax: Sendable {
  package var name: NameSyntax
  package var value: Syntax?
}

/// `i, j = 1..N`.
package struct IndexSyntax: Sendable {
  package var names: [NameSyntax]
  package var bounds: BoundsSyntax
}

/// `vector h[N], y[N] one-hot`.
package struct DeclarationSyntax: Sendable {
  package enum Kind: UInt8, Sendable { case scalar, vector, matrix, function }

  package var kind: Kind
  package var names: [DeclaredNameSyntax]
}

package struct DeclaredNameSyntax: Sendable {
  package var name: NameSyntax
  /// One for each pair of brackets' entries; empty without brackets.
  package var axes: [AxisSyntax]
  /// The parameters of `function g(x, y)`; empty where none are written.
  package var parameters: [NameSyntax]
  package var attributes: [AttributeSyntax]
}

/// `N` (running 1..N) or `0..N-1`.
package struct AxisSyntax: Sendable {
  package var lower: Syntax?
  package var upper: Syntax
}

/// What is known of a declared name.
package struct AttributeSyntax: Sendable {
  package enum Kind: Sendable {
    case positive, nonnegative, negative, oneHot, probability, symmetric
    case interval(IntervalSyntax)
  }

  package var kind: Kind
  package var range: SourceRange
}

/// `(0, 1]`; a missing bound is infinite.
package struct IntervalSyntax: Sendable {
  package var lower: Syntax?
  package var includesLower: Bool
  package var upper: Syntax?
  package var includesUpper: Bool
}

/// `z = …`, `P[j] = …`, `f(x) = …`.
package struct DefinitionSyntax: Sendable {
  package enum Parameters: Sendable {
    case none
    case indices([NameSyntax])
    case arguments([NameSyntax])
  }

  package var name: NameSyntax
  package var parameters: Parameters
  package var value: Syntax

  package init(name: NameSyntax, parameters: Parameters, value: Syntax) {
    self.name = name
    self.parameters = parameters
    self.value = value
  }
}

/// `write w1 as w^{(1)}`.
package struct WriteSyntax: Sendable {
  package var name: NameSyntax
  /// LaTeX, not interpreted here.
  package var spelling: NameSyntax
}

/// `x0 = 1.0`, `h[1] = 2`.
package struct AssignmentSyntax: Sendable {
  package var name: NameSyntax
  package var indices: [Syntax]
  package var value: Syntax
}

/// `forward a2 to 2 decimals`.
package struct ForwardSyntax: Sendable {
  package var targets: [Syntax]
  package var decimals: Int?
}

/// `derive dL/dh[i]`, `derive A = B`, `derive x^2 by x`.
package struct DeriveSyntax: Sendable {
  package var goal: GoalSyntax
  package var variables: [Syntax]
  package var condition: Syntax?

  package init(goal: GoalSyntax, variables: [Syntax], condition: Syntax?) {
    self.goal = goal
    self.variables = variables
    self.condition = condition
  }
}

/// `gradient L by w1, b1 as elementwise, matrix, backward`.
package struct GradientSyntax: Sendable {
  package enum Form: UInt8, Sendable { case elementwise, matrix, backward }

  package var subject: Syntax
  package var variables: [Syntax]
  /// In the author's order; empty where none is asked for.
  package var forms: [Form]
}

/// `jacobian P by h`, `hessian L by h`.
package struct MatrixDerivativeSyntax: Sendable {
  package var subject: Syntax
  package var variables: [Syntax]
}

/// `prove A = B when i = j`.
package struct ProveSyntax: Sendable {
  package var relation: RelationSyntax
  package var condition: Syntax?
}

/// `expect A = B exactly when i != j`, `expect w after step 3 = [1; 2]`.
package struct ExpectSyntax: Sendable {
  package var relation: RelationSyntax
  package var isExact: Bool
  package var condition: Syntax?
  /// The step of the training above that the left side is about.
  package var moment: TrainingMomentSyntax?
}

/// `P, max(P[1], P[2]) for T = 4, 1, 1/4`.
package struct TableSyntax: Sendable {
  package var targets: [Syntax]
  package var variable: NameSyntax
  package var values: [Syntax]
}

/// `before step 1`, `after step 3`.
package struct TrainingMomentSyntax: Hashable, Sendable {
  package var isBefore: Bool
  /// From 1.
  package var step: Int
  package var range: SourceRange
}

/// `3 steps of W, w on L with rate 0.5 over x = X, y = Y summing`.
package struct TrainSyntax: Sendable {
  /// How the samples enter a step.
  package enum Mode: UInt8, Sendable { case summing, averaging, oneByOne }

  /// `x = X`: row n of the second replaces the first.
  package struct Sample: Sendable {
    package var name: NameSyntax
    package var rows: NameSyntax
  }

  package var steps: Int
  package var parameters: [NameSyntax]
  package var loss: Syntax
  package var rate: Syntax
  package var samples: [Sample]
  package var mode: Mode
}

/// `points 3 for dL/dh[i]`, `points 2 for dP[j]/dh[i] when i != j steps 1`.
package struct PointsSyntax: Sendable {
  /// The number of points as written, and how many of them are for the steps.
  package var points: NameSyntax
  package var steps: NameSyntax?
  package var goal: GoalSyntax
  package var condition: Syntax?
}

/// `cite dP[j]/dh[i]`: a result that may be used without proof.
package struct CiteSyntax: Sendable {
  package var goal: GoalSyntax
  package var condition: Syntax?
}

package enum LayoutSyntax: UInt8, Sendable { case gradient, numerator, denominator }

/// `plot f(x), g(x) for x in -6..6, y in 0..1`.
package struct PlotSyntax: Sendable {
  package var curves: [Syntax]
  package var variable: NameSyntax
  package var range: BoundsSyntax
  /// The part of the vertical axis that is shown.
  package var vertical: BoundsSyntax?
}

/// `graph L`, or `graph L by w1, b1`: the picture of a computation.
package struct GraphSyntax: Sendable {
  package var subject: Syntax
  package var variables: [Syntax]
}
