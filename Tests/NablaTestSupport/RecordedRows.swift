import Foundation

/// A row of a recorded table: its line in the file and its fields.
public struct RecordedRow: Sendable {
  public let line: Int
  public let fields: [String]
}

/// Reads a table of tab-separated fields that lies beside a test file, such as
/// `recordedRows("Data/number-operations.tsv")`.
public func recordedRows(_ name: String, beside file: String = #filePath) -> [RecordedRow] {
  let place = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(name)
  guard let data = try? Data(contentsOf: place) else { return [] }
  return data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .enumerated()
    .filter { !$0.element.isEmpty }
    .map { index, line in
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      return RecordedRow(
        line: index + 1, fields: fields.map { String(decoding: $0, as: UTF8.self) })
    }
}
