/// What can be measured, as named on the command line.
enum Workload {
  /// The gradient of a network of some depth and width in all its weights.
  case network(depth: Int, width: Int)
  /// The same gradient with the weights as whole matrices, in matrix form.
  case matrixNetwork(depth: Int, width: Int)
  /// All derivatives of the softmax of some symbols.
  case softmaxJacobian(Int)
  /// The gradient of the cross-entropy of a softmax.
  case crossEntropy(Int)
  /// The same with named probabilities, simplified.
  case simplifiedCrossEntropy(Int)
  /// The derivative of a function applied to itself this many times.
  case nested(Int)
  /// The sixth derivative of exp(sin(x²)·tanh(x)).
  case sixthDerivative
  /// The gradient of a network as LaTeX, parts that occur more than once printed once, and in full.
  case writing(depth: Int, width: Int)
  /// The gradients of ever deeper networks in each format.
  case linearity(width: Int)
  /// The write-ups of the problem files of a folder, beside the time of solving them.
  case writeUps(folder: String)
  /// This many pages in one process.
  case pages(Int)
  /// The questions of a file, one JSON object a line with the keys of `nabla equal --lines`.
  case equalities(path: String)

  static let usage = """
    usage: nabla-benchmarks [WORKLOAD SIZE]

      W1 DEPTH,WIDTH   gradient of a network in all its weights
      W1M DEPTH,WIDTH  the same in matrix form
      W2J CLASSES      Jacobian of a softmax
      W2C CLASSES      gradient of its cross-entropy
      W2CS CLASSES     the same, simplified
      W3 -LEVELS       derivative of a nested function
      W3 6             sixth derivative of exp(sin(x^2)*tanh(x))
      W5 DEPTH,WIDTH   the gradient of W1 as LaTeX, with named parts and in full
      WL WIDTH         a page with the gradient of networks 1, 2, 4 and 8 deep, for each node
      WU FOLDER        write-ups of problem files as shares of the time of solving them
      WP PAGES         the memory that so many pages take in one process
      EQ FILE          every question of a list, such as Tests/NablaVerificationTests/Data/identities.tsv
    """

  static let all: [Workload] = [
    .network(depth: 2, width: 8), .network(depth: 4, width: 16), .network(depth: 4, width: 128),
    .matrixNetwork(depth: 4, width: 128), .softmaxJacobian(100), .crossEntropy(30),
    .simplifiedCrossEntropy(3),
    .simplifiedCrossEntropy(10), .simplifiedCrossEntropy(30), .nested(40), .nested(2000),
    .sixthDerivative, .writing(depth: 2, width: 8),
  ]

  init?(_ arguments: [String]) {
    guard arguments.count == 2 else { return nil }
    switch arguments[0] {
    case "EQ":
      self = .equalities(path: arguments[1])
      return
    case "WU":
      self = .writeUps(folder: arguments[1])
      return
    default: break
    }
    let sizes = arguments[1].split(separator: ",").compactMap { Int($0) }
    switch (arguments[0], sizes.count) {
    case ("W1", 2) where sizes.allSatisfy { 1...1024 ~= $0 }:
      self = .network(depth: sizes[0], width: sizes[1])
    case ("W1M", 2) where 1...64 ~= sizes[0] && sizes[1] >= 1:
      self = .matrixNetwork(depth: sizes[0], width: sizes[1])
    case ("W5", 2) where sizes.allSatisfy { 1...256 ~= $0 }:
      self = .writing(depth: sizes[0], width: sizes[1])
    case ("WL", 1) where 1...256 ~= sizes[0]: self = .linearity(width: sizes[0])
    case ("WP", 1) where 10...1_000_000 ~= sizes[0]: self = .pages(sizes[0])
    case ("W2J", 1) where 1...1000 ~= sizes[0]: self = .softmaxJacobian(sizes[0])
    case ("W2C", 1) where 1...10_000 ~= sizes[0]: self = .crossEntropy(sizes[0])
    case ("W2CS", 1) where 1...200 ~= sizes[0]: self = .simplifiedCrossEntropy(sizes[0])
    case ("W3", 1) where -100_000 ... -1 ~= sizes[0]: self = .nested(-sizes[0])
    case ("W3", 1) where sizes[0] == 6: self = .sixthDerivative
    default: return nil
    }
  }

  func run() {
    switch self {
    case .network(let depth, let width): measureNetwork(depth: depth, width: width)
    case .matrixNetwork(let depth, let width): measureMatrixNetwork(depth: depth, width: width)
    case .softmaxJacobian(let count): measureSoftmaxJacobian(count)
    case .crossEntropy(let count): measureCrossEntropy(count)
    case .simplifiedCrossEntropy(let count):
      measureSimplifiedCrossEntropy(count, sumIsOne: false)
      measureSimplifiedCrossEntropy(count, sumIsOne: true)
    case .nested(let levels): measureNested(levels)
    case .sixthDerivative: measureSixthDerivative()
    case .writing(let depth, let width): measureWriting(depth: depth, width: width)
    case .linearity(let width): measureLinearity(width: width)
    case .writeUps(let folder): measureWriteUps(in: folder)
    case .pages(let count): measurePages(count)
    case .equalities(let path): measureEqualities(in: path)
    }
  }
}
