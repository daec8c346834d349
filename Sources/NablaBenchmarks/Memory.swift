import Foundation

/// Resident memory of this process in KiB, as Linux tells it; 0 elsewhere.
enum ResidentMemory {
  static var now: Int { field("VmRSS:") }
  /// The most there has been since the process began, or since `forgetPeak()`.
  static var peak: Int { field("VmHWM:") }

  /// Lets the peak begin anew from what is resident now.
  static func forgetPeak() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  private static func field(_ name: String) -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return 0
    }
    for line in status.split(separator: "\n") where line.hasPrefix(name) {
      return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        .flatMap { Int($0) } ?? 0
    }
    return 0
  }
}
