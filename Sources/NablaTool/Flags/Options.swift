import NablaNotation
import NablaProblems
import NablaRendering
import NablaRewriting

/// The forms in which the command writes its results.
enum Format: String, CaseIterable, Sendable {
  case terminal, latex, markdown, html, plain, json, csv, ipynb, python, swift

  /// Those in which documents are written.
  static let documents: [Format] = [.terminal, .latex, .markdown, .html, .plain, .json]
  /// Those in which derivatives are written as functions.
  static let code: [Format] = [.python, .swift]

  /// What a document with a head of its own is called, of which a file can hold only one.
  var wholeDocument: String? {
    switch self {
    case .latex: "LaTeX"
    case .html: "HTML"
    case .terminal, .markdown, .plain, .json, .csv, .ipynb, .python, .swift: nil
    }
  }

  /// What a file is called that holds one problem alone, with or without its head.
  var singleFile: String? {
    switch self {
    case .ipynb: "notebooks"
    case .python: "Python files"
    case .swift: "Swift files"
    case .terminal, .latex, .markdown, .html, .plain, .json, .csv: nil
    }
  }
}

extension Format {
  /// What the name of a file in this format ends in.
  var fileEnding: String {
    switch self {
    case .terminal: "txt"
    case .latex: "tex"
    case .markdown: "md"
    case .plain: "plain.txt"
    case .python: "py"
    case .html, .json, .csv, .ipynb, .swift: rawValue
    }
  }
}

enum ColourChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

/// What the arguments of a run ask for.
struct Options: Sendable {
  var format = Format.terminal
  var output: String?
  var detail = Detail.standard
  var showsShapes = false
  /// Options of notation, which win over those of a file.
  var style: [NotationOption] = []
  var by: [String] = []
  var given: [String] = []
  var assume: [String] = []
  /// How expressions are written.
  var notation = InputNotation.plain
  /// How a converted formula is to be written.
  var target = OutputNotation.plain
  var digits: Int?
  var isFragment = false
  var paper = Paper.a4
  /// Whether LaTeX is to be typeset.
  var wantsPDF = false
  /// Whether the files are solved again whenever they are saved.
  var isWatching = false
  var width: Int?
  var colour = ColourChoice.auto
  var jobs = 1
  /// Seconds.
  var budget: Double?
  /// The budget as it was written.
  var budgetText = ""
  var seed: UInt64?
  /// Steps of reduction and evaluation.
  var work: Int?
  var readsLines = false
  /// Problem files, where every argument is a submission.
  var problems: [String] = []
  /// What the letters of a submission mean: the author's first.
  var renames: [(written: String, meant: String)] = []
  /// Whether only the table of several submissions is wanted.
  var isSummary = false
  var wantsHelp = false
  var wantsVersion = false
  /// What is left when the flags are taken out.
  var arguments: [String] = []
}
