import NablaNotation

/// The paper a LaTeX document is set for.
public enum Paper: Hashable, Sendable {
  case a4, letter
}

extension Document {
  /// The document as LaTeX for pdflatex; a fragment leaves out preamble and document environment,
  /// and provides the macros it uses unless they are defined already.
  public func latex(paper: Paper = .a4, isFragment: Bool = false) -> String {
    let document = styled()
    var writer = LaTeXWriter(document, paper: paper)
    if !isFragment {
      writer.writePreamble(
        hasPictures: hasPictures, usesBoldVectors: document.usesBoldVectors)
    } else if hasPictures {
      writer.writePictureNeeds()
    }
    writer.write(document)
    if isFragment { return LaTeXWriter.provisions(for: writer.out.text) + writer.out.text }
    writer.out.write("\\end{document}\n")
    return writer.out.text
  }

  /// The macros that a fragment needs in the preamble of the document it is put into.
  public static var latexMacros: String { LaTeXWriter.macros + LaTeXWriter.boldMacros }
}

/// Sets documents as LaTeX.
struct LaTeXWriter {
  static let macros = """
    \\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}
    \\newcommand{\\why}[2][13.6]{\\tag*{\\llap{\\makebox[#1em][l]{\\small\\textcolor{black!60}{#2}}}}}
    \\newcommand{\\whywide}[1]{\\tag*{\\llap{\\small\\textcolor{black!60}{#1}}}}
    \\newcommand{\\detail}[1]{\\quad\\mbox{\\small\\textcolor{black!75}{$#1$}}}
    \\newcommand{\\leadgap}{\\par\\addvspace{6pt}\\pagebreak[1]}
    \\newcommand{\\tightgap}{\\par\\vspace{-\\parskip}}
    \\newcommand{\\whybelow}[2]{\\textcolor{black!60}{\\parbox[t]{#1em}{\\raggedright\\small #2}}}
    \\newcommand{\\result}[1]{\\boxed{\\;#1\\;}}
    \\newcommand{\\checked}[2]{\\par\\nopagebreak{\\small\\textcolor{black!60}{\\(#1\\) #2}}\\par}
    \\newcommand{\\displaygap}{\\par\\vspace{-\\baselineskip}\\vspace{-\\parskip}}
    \\newcommand{\\headinggap}{\\par\\vspace{-.3\\baselineskip}\\vspace{-\\parskip}}
    \\newcommand{\\note}[1]{\\par{\\small\\textcolor{black!60}{#1}}\\par}

    """

  /// What a fragment has to define for itself: the macros that its text uses.
  static func provisions(for text: String) -> String {
    var lines = ""
    for line in (macros + boldMacros).split(separator: "\n") {
      guard let opening = line.firstIndex(of: "{"), let closing = line.firstIndex(of: "}") else {
        continue
      }
      let name = line[line.index(after: opening)..<closing]
      if ProseParser.range(of: String(name), in: text[...]) == nil { continue }
      lines += "\\providecommand" + line[opening...] + "\n"
    }
    return lines.isEmpty
      ? "" : "% Needs \\usepackage[fleqn]{amsmath}, amssymb, mathtools and xcolor.\n" + lines
  }

  /// How bold vectors and matrices are set.
  static let boldMacros = """
    \\newcommand{\\vect}[1]{\\boldsymbol{#1}}
    \\newcommand{\\matr}[1]{\\boldsymbol{#1}}

    """

  let words: Language
  /// The width of the text in em at 11pt.
  let width: Double
  let paper: Paper
  let references: CrossReferences
  var out = TextBuffer()

  init(_ document: Document, paper: Paper) {
    self.paper = paper
    width = paper == .a4 ? 39.5 : 41
    references = CrossReferences(document)
    words = document.notation.language
  }

  mutating func writePreamble(hasPictures: Bool, usesBoldVectors: Bool) {
    out.write("\\documentclass[11pt,")
    out.write(paper == .a4 ? "a4paper" : "letterpaper")
    out.write(",fleqn]{article}\n\\usepackage[hmargin=28mm,vmargin=")
    out.write(paper == .a4 ? "24mm" : "20mm")
    out.write("]{geometry}\n")
    out.write("\\usepackage{amsmath,amssymb,mathtools,xcolor}\n")
    out.write("\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{6pt}\n")
    out.write(
      "\\setlength{\\mathindent}{1.5em}\\setlength{\\jot}{5pt}\\setcounter{MaxMatrixCols}{30}\n")
    out.write("\\allowdisplaybreaks\\sloppy\\emergencystretch=4em\n")
    if hasPictures { out.write(Self.pictureSetup) }
    out.write(Self.macros)
    if usesBoldVectors { out.write(Self.boldMacros) }
    out.write("\\begin{document}\n")
  }

  mutating func write(_ document: Document) {
    if !document.title.isEmpty {
      out.write("\\section*{\\raggedright ")
      write(document.title)
      out.write("}\n")
    }
    var endsInText = false
    var followsHeading = !document.title.isEmpty
    var followsTable = false
    var isAfterRemark = false
    var isAfterLead = false
    for block in document.blocks {
      if isAfterRemark, block.isRemark {
        out.write("\\tightgap\n")
      } else if !block.isDisplay {
        out.separate()
        if isAfterLead || (endsInText && block.isPicture) { out.write("\\nopagebreak\n") }
      } else if !endsInText {
        // A display that no text precedes would have an empty line above it.
        out.separate()
        out.write(followsHeading ? "\\headinggap\n" : "\\displaygap\n")
        if followsTable { out.write("\\medskip\n") }
      }
      write(block)
      endsInText = block.isDisplay || block.isParagraph
      followsHeading = block.isHeading
      if case .table = block { followsTable = true } else { followsTable = false }
      isAfterRemark = block.isRemark
      switch block {
      case .lead, .pathDiagram: isAfterLead = true
      default: isAfterLead = false
      }
    }
    out.separate()
    out.bytes.removeLast()
  }

  mutating func write(_ block: Block) {
    switch block {
    case .heading(let level, let title):
      out.write(level <= 1 ? "\\subsection*{" : "\\subsubsection*{")
      out.write("\\raggedright ")
      write(title)
      out.write("}\n")
    case .paragraph(let inlines):
      write(inlines)
      out.endLine()
    case .lead(let inlines):
      out.write("\\leadgap ")
      write(inlines)
      out.endLine()
    case .display(let formula): writeDisplay(LayoutBuilder.layout(formula))
    case .displayLatex(let latex):
      if let layout = AuthorMath.layout(of: latex) {
        writeDisplay(layout)
      } else {
        writeCode(latex)
      }
    case .derivation(let rows): writeDerivation(rows)
    case .forwardTable(let rows): writeForward(rows)
    case .values(let values): writeValues(values)
    case .table(let table): writeTable(table)
    case .result(let formula, let also, let label): writeResult(formula, also, label)
    case .note(let inlines):
      out.write("\\note{")
      write(inlines)
      out.write("}\n")
    case .check(let status, let inlines):
      out.write("\\checked{")
      out.write(Self.mark(status))
      out.write("}{")
      write(inlines)
      out.write("}\n")
    case .list(let ordered, let items):
      if items.isEmpty { return }
      let environment = ordered ? "enumerate" : "itemize"
      out.write("\\begin{\(environment)}\n")
      for item in items {
        out.write("\\item{} ")
        write(item)
        out.endLine()
      }
      out.write("\\end{\(environment)}\n")
    case .code(let text): writeCode(text)
    case .pathDiagram(let names): writePath(names)
    case .graph(let graph): writeGraph(graph)
    case .plot(let plot): writePlot(plot)
    case .marking(let lines): writeMarking(lines)
    }
  }

  static func mark(_ status: CheckStatus) -> String {
    switch status {
    case .passed: "\\checkmark"
    case .failed: "\\textcolor{red!75!black}{\\times}"
    case .undecided: "?"
    }
  }
}

extension Block {
  /// Whether LaTeX sets this block as displayed mathematics.
  fileprivate var isDisplay: Bool {
    switch self {
    case .display, .derivation, .forwardTable, .result: true
    default: false
    }
  }

  fileprivate var isParagraph: Bool {
    switch self {
    case .paragraph, .lead: true
    default: false
    }
  }
}
