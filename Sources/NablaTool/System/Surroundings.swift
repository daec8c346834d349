import NablaProblems

/// What a run of the command touches outside itself; tests put another one in its place.
struct Surroundings {
  enum Channel { case output, messages }

  var environment: (_ name: String) -> String? = { _ in nil }
  /// The bytes of a file, or of standard input for `-`.
  var readFile: (_ path: String) -> Result<[UInt8], LoadFailure>
  /// Writes a file; says why it could not.
  var writeFile: (_ path: String, _ bytes: [UInt8], _ mayReplace: Bool) -> LoadFailure?
  /// Makes a folder where there is none; says why it could not.
  var makeFolder: (_ path: String) -> LoadFailure? = { _ in nil }
  /// The next line of standard input without its line break; nil at the end.
  var readLine: () -> [UInt8]?
  /// Writes to standard output or standard error; says why it could not.
  var write: (_ channel: Channel, _ bytes: [UInt8]) -> LoadFailure?
  var isTerminal: (_ channel: Channel) -> Bool = { _ in false }
  /// The columns of the terminal behind standard output.
  var terminalWidth: () -> Int? = { nil }
  /// Seconds of a clock that never goes back.
  var seconds: () -> Double = { 0 }
  /// A number that nobody can foresee.
  var random: () -> UInt64 = { 1 }
  /// The PDF of a LaTeX document, or why there is none.
  var typeset: (_ latex: [UInt8]) -> Result<[UInt8], LoadFailure> = { _ in
    .failure(LoadFailure("no LaTeX is installed"))
  }
  /// What tells whether a file was saved; nil where there is no file.
  var mark: (_ path: String) -> FileMark? = { _ in nil }
  /// Waits until it is time to look at files again; false ends the watch.
  var pause: () -> Bool = { false }
  /// Ends the process after some seconds, with a message and the status of an exhausted budget.
  var endAfter: (_ seconds: Double, _ message: String) -> Void = { _, _ in }
}
