extension Formula {
  /// A `math` element of MathML Core with the formula as one line of text for readers without it.
  ///
  /// `isInline` writes fractions with a slash, as running text wants them.
  public func mathML(isInline: Bool = false) -> String {
    var out = TextBuffer()
    MathMLElement.write(
      LayoutBuilder.layout(self), isInline: isInline, namespace: true, to: &out)
    return out.text
  }
}

/// The `math` element around a formula or one line of it.
enum MathMLElement {
  static func write(
    _ layout: Layout, isInline: Bool, namespace: Bool = false, to out: inout TextBuffer
  ) {
    open(text: CompactWriter.text(layout), isInline: isInline, namespace: namespace, to: &out)
    var writer = MathMLLayoutWriter(isInline: isInline)
    writer.write(layout)
    out.bytes.append(contentsOf: writer.out.bytes)
    out.write("</math>")
  }

  /// One line of a broken formula; a product broken at its start shows the dot it otherwise hides.
  static func write(
    _ pieces: [Flow.Piece], isFirst: Bool, isInline: Bool, to out: inout TextBuffer
  ) {
    open(text: text(of: pieces), isInline: isInline, namespace: false, to: &out)
    var writer = MathMLLayoutWriter(isInline: isInline)
    var run: [Layout] = []
    var isStart = true
    func flush(_ writer: inout MathMLLayoutWriter) {
      writer.writeItems(run, isContinued: !(isStart && isFirst))
      isStart = isStart && run.isEmpty
      run = []
    }
    for (position, piece) in pieces.enumerated() {
      switch piece.content {
      case .layout(.operation(.juxtaposition)) where position == 0 && !isFirst && !isInline:
        run.append(.operation(.dot))
      case .layout(let layout): run.append(layout)
      case .opening(let bracket, let size):
        flush(&writer)
        writer.writeBracket(bracket, size: size, isOpening: true)
        isStart = false
      case .closing(let bracket, let size):
        flush(&writer)
        writer.writeBracket(bracket, size: size, isOpening: false)
        isStart = false
      }
    }
    flush(&writer)
    out.bytes.append(contentsOf: writer.out.bytes)
    out.write("</math>")
  }

  private static func open(
    text: String, isInline: Bool, namespace: Bool, to out: inout TextBuffer
  ) {
    out.write("<math")
    if namespace { out.write(" xmlns=\"http://www.w3.org/1998/Math/MathML\"") }
    if !isInline { out.write(" display=\"block\"") }
    out.write(" alttext=\"")
    HTMLEscaping.write(text, to: &out)
    out.write("\">")
  }

  private static func text(of pieces: [Flow.Piece]) -> String {
    var text = ""
    for piece in pieces {
      switch piece.content {
      case .layout(let layout): text += CompactWriter.text(layout, isOpenEnded: false)
      case .opening(let bracket, _): text += CompactWriter.bracket(bracket, isOpening: true)
      case .closing(let bracket, _): text += CompactWriter.bracket(bracket, isOpening: false)
      }
    }
    return text
  }
}
