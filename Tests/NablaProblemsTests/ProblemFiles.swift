import Foundation
import NablaNotation

/// The problem files that come with the project.
enum ProblemFiles {
  private static func folder(file: String = #filePath) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Problems")
  }

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder().path)) ?? []
    return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }()

  static func source(_ name: String) throws -> SourceText {
    let path = folder().appendingPathComponent(name + ".md")
    return SourceText(name: name + ".md", bytes: [UInt8](try Data(contentsOf: path)))
  }
}
