/// What kind of file a submission is.
package enum SubmissionFormat: String, Sendable, CaseIterable {
  case latex, markdown, notebook, text

  /// The format that a file's ending tells, `text` where it tells nothing.
  package init(fileName: String) {
    var ending: [UInt8] = []
    for byte in fileName.utf8 {
      if byte == 0x2E {
        ending = []
      } else {
        ending.append(Bytes.lowercased(byte))
      }
    }
    switch String(decoding: ending, as: UTF8.self) {
    case "tex", "latex", "ltx": self = .latex
    case "md", "markdown", "mdown", "mkd", "qmd", "rmd": self = .markdown
    case "ipynb": self = .notebook
    default: self = .text
    }
  }
}
