import Foundation
import NablaNotation

/// The problem files that come with the project.
enum ProblemFiles {
  static let names = [
    "softmax-cross-entropy", "residual-connection", "three-weights", "sigmoid-tanh-bce",
    "hinge-over-softmax", "layer-sizes", "softmax-regression-batch", "two-layer-regression",
    "sigmoid-network", "three-gradient-steps", "attention", "layer-normalisation", "lstm-cell",
    "gaussian-likelihood",
  ]

  static func source(_ name: String, file: String = #filePath) throws -> SourceText {
    let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appendingPathComponent("Problems/\(name).md")
    return SourceText(name: name + ".md", bytes: [UInt8](try Data(contentsOf: path)))
  }
}
