import Foundation
import NablaNotation
import NablaProblems
import Testing

/// Derivations as students write them, with the verdicts worked out by hand before any was judged.
@Suite struct SubmissionCorpusTests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Data/Submissions")
  static let repository = folder.appending(path: "../../../..").standardized

  static let rows: [ExpectedClaim] = {
    let table = try? String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
    return (table ?? "").split(separator: "\n").dropFirst().compactMap { ExpectedClaim(String($0)) }
  }()

  static let files: [String] = {
    var files: [String] = []
    for row in rows where files.last != row.file { files.append(row.file) }
    return files
  }()

  static func source(_ url: URL) throws -> SourceText {
    SourceText(name: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url)))
  }

  static func marked(_ file: String) throws -> MarkedSubmission {
    let rows = rows.filter { $0.file == file }
    let problems = try (rows.first?.problems ?? []).map { path in
      try source((path.hasPrefix("Problems/") ? repository : folder).appending(path: path))
    }
    return judgeSubmission(
      try source(folder.appending(path: file)), as: SubmissionFormat(fileName: file),
      against: problems, options: JudgingOptions(seed: 7))
  }

  @Test func `the corpus is there`() {
    #expect(Self.files.count >= 120)
    #expect(Self.rows.count { $0.verdicts == ["refuted"] } >= 190)
  }

  @Test(arguments: files)
  func `every claim has the verdict that was worked out by hand`(file: String) throws {
    let marked = try Self.marked(file)
    let claims = marked.claims
    var answered: Set<Int> = []
    for row in Self.rows where row.file == file {
      guard let line = row.line else {
        let isMet = row.verdicts.contains(marked.verdict.rawValue)
        #expect(row.isOpen || isMet, "\(file): \(marked.verdict.rawValue), not \(row.verdicts)")
        continue
      }
      let onLine = claims.indices.filter { place in
        let range = claims[place].range
        let first = marked.source.position(at: range.lower).line
        let last = marked.source.position(at: max(range.lower, range.upper - 1)).line
        return first <= line && line <= last
      }
      let named = onLine.filter {
        marked.source.text(in: claims[$0].range).contains(row.snippet)
      }
      let candidates = named.isEmpty ? onLine : named
      answered.formUnion(candidates)
      if row.isOpen { continue }
      let accepted = candidates.filter { row.accepts(claims[$0]) }
      let found = candidates.map { claims[$0].verdict.rawValue }
      #expect(
        !accepted.isEmpty, "\(file):\(line) «\(row.snippet)»: \(found), not \(row.verdicts)")
      if row.hasOpenClass { continue }
      #expect(
        accepted.isEmpty || accepted.contains { row.acceptsMistake(of: claims[$0]) },
        "\(file):\(line): \(accepted.map { claims[$0].mistake?.rawValue ?? "no class" })")
    }
    for place in claims.indices where !answered.contains(place) {
      let line = marked.source.position(at: claims[place].range.lower).line
      let text = marked.source.text(in: claims[place].range)
      #expect(claims[place].verdict != .refuted, "\(file):\(line) «\(text)» is accused")
    }
  }
}
