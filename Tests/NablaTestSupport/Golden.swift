import Foundation
import Testing

/// Compares text with the file `Goldens/name` beside the calling test.
///
/// With `NABLA_UPDATE_GOLDENS=1` in the environment the file is rewritten instead; the diff is the review.
public func expectGolden(
  _ text: String, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let golden = folder.appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["NABLA_UPDATE_GOLDENS"] == "1" {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(to: golden, atomically: true, encoding: .utf8)
    return
  }
  let expected = try String(contentsOf: golden, encoding: .utf8)
  if text == expected { return }
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  var line = 0
  while line < min(new.count, old.count), new[line] == old[line] { line += 1 }
  let was = line < old.count ? String(old[line]) : "(end)"
  let now = line < new.count ? String(new[line]) : "(end)"
  Issue.record(
    "\(name), line \(line + 1): expected \"\(was)\", found \"\(now)\"",
    sourceLocation: sourceLocation)
}
