import NablaNotation
import NablaProblems
import NablaRendering
import NablaRewriting

extension Flag {
  private static let writers: [CommandName] = [
    .solve, .verify, .derive, .equal, .check, .evaluate, .rules,
  ]
  private static let documents: [CommandName] = [.solve, .verify, .derive, .equal]
  private static let screens: [CommandName] = [
    .solve, .verify, .derive, .equal, .check, .rules,
  ]
  private static let readers: [CommandName] = [.derive, .equal, .evaluate]
  private static let formulaReaders: [CommandName] = readers + [.convert]
  private static let solvers: [CommandName] = [.solve, .gallery, .derive]

  /// Every flag, in the order in which help lists them.
  // swift-format-ignore
  static let table: [Flag] = [
    Flag("--by", "NAMES", [.derive], "Derive by these, from left to right: x or x,y or h[i]") { options, text throws(UsageError) in
      options.by += try splitNames(text)
    },
    Flag("--problem", "FILE", [.verify], "A problem file, beside submissions only; repeatable") { options, text throws(UsageError) in
      options.problems.append(text)
    },
    Flag("--rename", "O=P", [.verify], "What an author's letter stands for; repeatable") { options, text throws(UsageError) in
      try options.rename(text)
    },
    Flag("--summary", [.verify], "Only the table of all submissions") { options in
      options.isSummary = true
    },
    Flag("--given", "STATEMENT", formulaReaders, "A statement of a problem file; repeatable") { options, text throws(UsageError) in
      options.given.append(text)
    },
    Flag("--assume", "RELATION", readers, "A fact that may be used; repeatable") { options, text throws(UsageError) in
      options.assume.append(text)
    },
    Flag("--digits", "N", [.evaluate], "Significant digits where no exact value exists, 1 to 9000") { options, text throws(UsageError) in
      options.digits = try whole(text, 1...9000, "--digits")
    },
    Flag("--from", "NOTATION", formulaReaders, "How expressions are written: plain or latex") { options, text throws(UsageError) in
      options.notation = try choice(text, InputNotation.allCases, "notation") { $0.rawValue }
    },
    Flag("--to", "NOTATION", [.convert], "plain, latex, terminal, mathml or json") { options, text throws(UsageError) in
      options.target = try choice(text, OutputNotation.allCases, "notation") { $0.rawValue }
    },
    Flag("--format", "FORMAT", writers, "terminal, latex, markdown, html, plain or json; more for some commands") { options, text throws(UsageError) in
      options.format = try format(text)
    },
    Flag("--detail", "LEVEL", solvers, "How much is shown: brief, standard or full") { options, text throws(UsageError) in
      options.detail = try choice(text, Detail.allCases, "detail") { $0.name }
    },
    Flag("--output", short: "-o", "PATH", writers + [.convert, .gallery], "Write to a file instead of standard output") { options, text throws(UsageError) in
      options.output = text
    },
    Flag("--fragment", documents, "LaTeX or HTML without its head, to be put into a document") { options in
      options.isFragment = true
    },
    Flag("--pdf", documents + [.gallery], "Typeset with an installed LaTeX, into FILE.pdf or --output") { options in
      options.wantsPDF = true
    },
    Flag("--watch", [.solve], "Solve again whenever a file is saved, until interrupted") { options in
      options.isWatching = true
    },
    Flag("--shapes", solvers, "Sizes below the vectors and matrices of results") { options in
      options.showsShapes = true
    },
    Flag("--notation", "STYLE", documents + [.convert, .gallery], "ln, decimal comma, bold vectors, language german …") { options, text throws(UsageError) in
      do throws(Diagnostic) {
        options.style += try NotationOption.reading(text)
      } catch {
        let start = "--notation: \(error.message)"
        throw UsageError(
          error.suggestion.map { start + "; did you mean '\($0)'?" }
            ?? start + "; available: " + (error.expected ?? ""))
      }
    },
    Flag("--paper", "SIZE", documents + [.gallery], "The paper of LaTeX: a4 or letter") { options, text throws(UsageError) in
      options.paper = try choice(text, [Paper.a4, .letter], "paper") { $0.name }
    },
    Flag("--width", "COLUMNS", screens + [.convert], "The width of terminal output, 40 to 160") { options, text throws(UsageError) in
      options.width = try whole(text, 40...160, "--width")
    },
    Flag("--color", "WHEN", screens, "auto, always or never; NO_COLOR is respected") { options, text throws(UsageError) in
      options.colour = try choice(text, ColourChoice.allCases, "choice of colour") { $0.rawValue }
    },
    Flag("--jobs", "N", [.solve, .gallery, .verify], "Work on this many files at the same time") { options, text throws(UsageError) in
      options.jobs = try whole(text, 1...256, "--jobs")
    },
    Flag("--budget", "SECONDS", [.solve, .gallery, .verify, .derive, .equal, .evaluate, .convert], "End after this time, with status 4") { options, text throws(UsageError) in
      options.budget = try seconds(text)
      options.budgetText = text
    },
    Flag("--work", "N", [.equal], "Steps that a question may take; 400000 if nothing is said") { options, text throws(UsageError) in
      options.work = try whole(text, 1...1_000_000_000, "--work")
    },
    Flag("--seed", "N", documents + [.gallery], "Repeats a run: chooses the random points and primes") { options, text throws(UsageError) in
      guard let seed = UInt64(text) else {
        throw UsageError("--seed takes a whole number, not \(DisplayText.quoted(text))")
      }
      options.seed = seed
    },
    Flag("--lines", [.verify, .derive, .equal, .convert], "JSON Lines on standard input, one answer a line") { options in
      options.readsLines = true
    },
    Flag("--help", short: "-h", CommandName.allCases, "Show this help") { options in
      options.wantsHelp = true
    },
    Flag("--version", CommandName.allCases, "Show the version") { options in
      options.wantsVersion = true
    },
  ]
}

// MARK: Reading arguments

private func choice<Value>(
  _ text: String, _ values: [Value], _ noun: String, _ name: (Value) -> String
) throws(UsageError) -> Value {
  for value in values where name(value) == text { return value }
  throw .unknown(noun, text, among: values.map(name), listedAs: "available")
}

/// A format of any command, by its name or by what its files end in.
private func format(_ text: String) throws(UsageError) -> Format {
  if let format = Format(rawValue: text) { return format }
  let endings: [(String, Format)] = [
    ("tex", .latex), ("md", .markdown), ("py", .python), ("notebook", .ipynb),
    ("jupyter", .ipynb), ("text", .plain), ("txt", .plain),
  ]
  for (ending, format) in endings where text == ending {
    throw UsageError(
      "unknown format \(DisplayText.quoted(text)); did you mean '\(format.rawValue)'?")
  }
  return try choice(text, Format.allCases, "format") { $0.rawValue }
}

private func whole(
  _ text: String, _ range: ClosedRange<Int>, _ flag: String
) throws(UsageError) -> Int {
  guard let value = Int(text), range.contains(value) else {
    throw UsageError(
      "\(flag) takes a whole number from \(range.lowerBound) to \(range.upperBound), not "
        + DisplayText.quoted(text))
  }
  return value
}

private func seconds(_ text: String) throws(UsageError) -> Double {
  guard let value = Double(text), value > 0, value.isFinite else {
    throw UsageError("--budget takes a number of seconds, not \(DisplayText.quoted(text))")
  }
  return value
}

/// `x,h[1,2]` as its names: commas inside brackets do not count.
func splitNames(_ text: String) throws(UsageError) -> [String] {
  var names = [""]
  var depth = 0
  for character in text {
    if character == "[" || character == "(" || character == "{" { depth += 1 }
    if character == "]" || character == ")" || character == "}" { depth -= 1 }
    if character == ",", depth == 0 {
      names.append("")
    } else if character != " " || !names[names.count - 1].isEmpty {
      names[names.count - 1].append(character)
    }
  }
  if names.contains("") {
    throw UsageError("--by takes names such as x or x,y, not \(DisplayText.quoted(text))")
  }
  return names
}

extension Options {
  /// `o=P`: what the author writes, and the name of the problem.
  fileprivate mutating func rename(_ text: String) throws(UsageError) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    let names = parts.map { part in String(part).trimmedOfBlanks }
    guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else {
      throw UsageError(
        "--rename takes the author's name and the problem's: --rename o=P, not "
          + DisplayText.quoted(text))
    }
    for (written, meant) in renames where written == names[0] && meant != names[1] {
      throw UsageError(
        "--rename gives \(DisplayText.quoted(written)) two meanings, "
          + "\(DisplayText.quoted(meant)) and \(DisplayText.quoted(names[1]))")
    }
    renames.append((names[0], names[1]))
  }
}

extension String {
  fileprivate var trimmedOfBlanks: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension Detail {
  var name: String {
    switch self {
    case .brief: "brief"
    case .standard: "standard"
    case .full: "full"
    }
  }
}

extension Paper {
  fileprivate var name: String { self == .a4 ? "a4" : "letter" }
}
