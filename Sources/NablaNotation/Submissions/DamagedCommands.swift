/// What is left of LaTeX commands whose beginning was taken for an escape sequence.
///
/// `\begin` read as a backspace and `egin`, `\frac` as a form feed and `rac`, `\neq` as a line
/// break and `eq`.
struct DamagedCommands {
  /// The letters of escape sequences for which the text shows clear damage.
  private(set) var evidence: Set<UInt8> = []

  /// What must follow a residue.
  enum Following: Sendable {
    case anything, brace, delimiter, script
  }

  struct Row: Sendable {
    /// Without the backslash.
    let command: String
    let following: Following

    var lost: UInt8 { command.utf8.first ?? 0 }
  }

  private static func rows(_ names: String, _ following: Following) -> [Row] {
    names.split(separator: " ").map { Row(command: String($0), following: following) }
  }

  /// Commands that begin with the letter of an escape sequence.
  private static let escapes: [Row] =
    rows(
      """
      begin binom boldsymbol boxed bar breve bm bbox frac text textbf textit textrm texttt \
      textnormal tilde tfrac tbinom tag newcommand renewcommand acute vec
      """, .brace)
    + rows("right big bigl bigr bigg biggl biggr", .delimiter)
    + rows(
      """
      beta bot bullet because bmod forall flat theta times tau tan tanh top to triangle triangleq \
      therefore textstyle nabla neq ne nu not notin neg nonumber newline ni rho \
      rightarrow rangle rvert rVert rbrace rbrack rm rfloor rceil alpha approx arctan arcsin \
      arccos arg argmax argmin ast angle amalg aleph varepsilon varphi vartheta varrho varsigma \
      vdots vee vert
      """, .anything)

  private static let residues: [String: [Row]] = {
    var table: [String: [Row]] = [:]
    for row in escapes { table[String(row.command.dropFirst()), default: []].append(row) }
    return table
  }()

  /// Commands that may have lost their backslash alone.
  private static let bare: [String: Row] = {
    var table: [String: Row] = [:]
    let all =
      rows(
        """
        frac dfrac tfrac cfrac sqrt text mathrm mathbf mathbb mathcal mathit boldsymbol \
        operatorname hat bar vec tilde widehat begin end overline underline underbrace overbrace
        """, .brace) + rows("left right bigl bigr", .delimiter) + rows("sum prod int", .script)
      + rows(
        """
        partial nabla cdot times quad qquad infty neq leq geq ldots cdots vdots odot otimes forall \
        alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda sigma tau phi varphi \
        chi psi omega rho Gamma Delta Theta Lambda Sigma Phi Psi Omega approx rightarrow \
        Rightarrow implies therefore mathbbm
        """, .anything)
    for row in all { table[row.command] = row }
    return table
  }()

  /// Residues that may be meant as they stand: letters side by side, or a word.
  private static let ambiguous: Set<String> = [
    "eta", "ar", "an", "anh", "ot", "op", "au", "ho", "eg", "rg", "st", "ee", "ert", "lat", "ag",
    "mod", "eq", "ox", "ig", "ast", "old", "vert", "brace", "id", "angle", "floor", "ceil",
    "argmax", "argmin", "ngle", "mid", "eft", "rrow", "op", "m", "enc", "race",
  ]

  /// Looks for damage that cannot be anything else.
  init(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      guard Bytes.isLetter(bytes[index]) else {
        index += 1
        continue
      }
      let end = Bytes.lettersEnd(bytes, from: index, to: bytes.count)
      if end - index >= 3, end - index <= 12, index == 0 || bytes[index - 1] != Bytes.backslash,
        end < bytes.count
      {
        let word = Bytes.text(bytes, SourceRange(index, end))
        if let rows = Self.residues[word], !Self.ambiguous.contains(word), Self.bare[word] == nil {
          for row in rows
          where row.following == .anything || Self.follows(row.following, bytes, end) {
            evidence.insert(row.lost)
          }
        }
      }
      index = end
    }
  }

  private static func follows(_ following: Following, _ bytes: [UInt8], _ end: Int) -> Bool {
    let next = Bytes.spacesEnd(bytes, from: end, to: bytes.count)
    guard next < bytes.count else { return following == .anything }
    let byte = bytes[next]
    switch following {
    case .anything: return true
    case .brace: return byte == Bytes.openingBrace
    case .script: return byte == 0x5F || byte == 0x5E
    case .delimiter:
      return byte == 0x28 || byte == 0x29 || byte == 0x5B || byte == 0x5D || byte == 0x7C
        || byte == 0x2E || byte == Bytes.backslash || byte == 0x2F
    }
  }

  /// The command that a run of letters in a formula was, and the bytes that stand for it.
  func repair(_ bytes: [UInt8], letters: SourceRange) -> (command: String, range: SourceRange)? {
    guard letters.upper - letters.lower <= 13 else { return nil }
    let before = letters.lower > 0 ? bytes[letters.lower - 1] : 0x20
    guard before != Bytes.backslash, before < 0x80 else { return nil }
    let word = Bytes.text(bytes, letters)
    let rows = Self.residues[word]
    if rows == nil, letters.upper - letters.lower < 3 { return nil }
    let candidates = (rows ?? []).filter { Self.follows($0.following, bytes, letters.upper) }
    let withControl = SourceRange(letters.lower - 1, letters.upper)
    for row in candidates
    where Self.controls(row.lost).contains(before)
      && isTaken(word, asEscapeAt: letters.lower - 1, bytes)
    {
      return (row.command, withControl)
    }
    if let row = Self.bare[word], Self.follows(row.following, bytes, letters.upper) {
      // "eta" is what is left of \beta where other commands lost a \b.
      if word == "eta", evidence.contains(0x62) { return ("beta", letters) }
      return (row.command, letters)
    }
    for row in candidates where word.utf8.count > 1 {
      if !Self.ambiguous.contains(word) || evidence.contains(row.lost) {
        return (row.command, letters)
      }
    }
    return nil
  }

  /// The control characters that an escape sequence stands for.
  private static func controls(_ letter: UInt8) -> [UInt8] {
    switch letter {
    case 0x61: [0x07]
    case 0x62: [0x08]
    case 0x66: [0x0C]
    case 0x6E: [0x0A]
    case 0x72: [0x0D, 0x0A]
    case 0x74: [0x09]
    case 0x76: [0x0B]
    default: []
    }
  }

  /// Whether a blank or line break before a residue belongs to the command.
  private func isTaken(_ word: String, asEscapeAt place: Int, _ bytes: [UInt8]) -> Bool {
    let count = word.utf8.count
    switch bytes[place] {
    case Bytes.lineFeed:
      // A single letter may begin a line anywhere but behind a brace.
      return count > 1 || place > 0 && bytes[place - 1] == Bytes.openingBrace
    case 0x09:
      if count > 2, !Self.ambiguous.contains(word) { return true }
      let end = place + 1 + count
      return place > 0 && !Bytes.isWhitespace(bytes[place - 1])
        && (end >= bytes.count || bytes[end] != 0x5F && bytes[end] != 0x3D && bytes[end] != 0x5E)
    default: return true
    }
  }
}
