import Foundation
import NablaCampaigns
import NablaNotation

/// `nabla-campaigns mutants`.
struct MutantsCommand {
  private let count: Int
  private let start: Int
  private let seed: Int
  private let isListing: Bool
  private var submissions: [SubmissionCase] = []

  init(_ arguments: inout Arguments) throws(Arguments.Failure) {
    count = try arguments.number("--count", 2000)
    start = try arguments.number("--from", 0)
    seed = try arguments.number("--seed", 1)
    isListing = arguments.flag("--list")
    let folders = arguments.remaining()
    if folders.isEmpty { throw Arguments.Failure(message: "which folder of submissions?") }
    for folder in folders { try read(URL(filePath: folder)) }
  }

  /// Reads the right submissions of a folder, whose table of verdicts says which these are.
  private mutating func read(_ folder: URL) throws(Arguments.Failure) {
    let table = String(decoding: try bytes(folder.appending(path: "expected.tsv")), as: UTF8.self)
    for entry in SubmissionCase.rightEntries(in: table) {
      var problems: [SourceText] = []
      for path in entry.problems {
        problems.append(SourceText(name: path, bytes: try bytes(Self.located(path, from: folder))))
      }
      let source = SourceText(
        name: entry.file, bytes: try bytes(folder.appending(path: entry.file)))
      submissions.append(SubmissionCase(source, problems: problems))
    }
  }

  /// A file that is named by its path below the folder or a folder around it.
  private static func located(_ path: String, from folder: URL) -> URL {
    var base = folder.standardizedFileURL
    for _ in 0..<8 {
      let file = base.appending(path: path)
      if FileManager.default.fileExists(atPath: file.path) { return file }
      base.deleteLastPathComponent()
    }
    return folder.appending(path: path)
  }

  private func bytes(_ file: URL) throws(Arguments.Failure) -> [UInt8] {
    guard let data = try? Data(contentsOf: file) else {
      throw Arguments.Failure(message: "cannot read \(file.path)")
    }
    return [UInt8](data)
  }

  /// Runs the campaign; the status is 1 if a mutant was missed or a right line accused.
  func run() -> Int32 {
    let mutants = SubmissionMutants(submissions, seed: UInt64(seed))
    for line in mutants.refutedUnchanged { message("refuted as it stands: \(line)\n") }
    var tally = MutantTally()
    for mutant in mutants.all.dropFirst(start).prefix(count) {
      let outcome = mutants.outcome(of: mutant)
      tally.add(mutant.mutation.kind, outcome)
      if tally.total % 100 == 0 {
        message(
          "\(tally.total) of \(count), failures \(tally.failures.count), "
            + "accused wrongly \(tally.accusations.count)\n")
      }
    }
    print("\(submissions.count) submissions, \(mutants.all.count) mutants possible")
    print(tally.report(listing: isListing), terminator: "")
    let isClean = tally.failures.isEmpty && tally.accusations.isEmpty
    return isClean && mutants.refutedUnchanged.isEmpty ? 0 : 1
  }

  private func message(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
