import NablaNotation
import NablaRendering
import Testing

@Suite struct HTMLTests {
  private static let hostile = [
    "<script>alert(1)</script>", "</title></style></script>", "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))", "\" onclick=\"alert(1)", "' x='", "&lt;b&gt; &amp;", "<!--",
    "]]>", "\u{0}\u{1B}[31m\u{7F}\u{202E}", "<a href=\"javascript:alert(1)\">x</a>", "`<b>`",
    "$<b>$",
    "| a | b |", "\\<b>", "{{7*7}}",
  ]

  private static func page(_ text: String) -> Document {
    let formula = Formula.relation(.name(text), .equal, .text(text))
    let words: [Inline] = [
      .text(text), .code(text), .latex(text), .emphasis([.text(text)]), .formula(formula),
      .reference(text),
    ]
    return Document(
      title: words,
      blocks: [
        .heading(level: 1, words), .heading(level: 9, words), .lead(words), .paragraph(words),
        .displayLatex(text), .display(formula),
        .derivation([
          DerivationRow(
            .name(text), .less, formula, because: words,
            details: [
              DerivationRow(formula, .equal, .call(text, .number(text)), because: words)
            ])
        ]),
        .forwardTable([ForwardRow(.name(text), formula, numbers: [formula], value: .number(text))]),
        .values([formula]), .table(Table(header: [words, []], rows: [[words, words, words]])),
        .result(formula, also: formula, label: text), .result(formula, also: nil, label: text),
        .note(words), .check(.failed, words), .list(ordered: true, [words]), .code(text),
        .pathDiagram([formula, formula]),
        .marking([MarkedLine(number: 1, content: words, status: .failed, comments: [words])]),
      ] + Document.parseProse(text))
  }

  @Test(arguments: hostile)
  func `text of an author never becomes markup of a page`(text: String) {
    let known = Self.elements("plain words")
    #expect(Self.elements(text).subtracting(known) == [])
  }

  /// The elements and attributes of a page that has this text everywhere.
  private static func elements(_ text: String) -> Set<String> {
    do {
      // Formulas of an author bring elements of their own.
      let formulas = "$\\frac{a}{b}^{2}_1 \\sum_a \\text{a} (x) + 1.5 \\hat x$"
      let pages = [page(text), Document(blocks: Document.parseProse(formulas + " `a` *b* **c**"))]
      var names: Set<String> = ["@lspace", "@rspace", "@stretchy", "pre", "p", "msup"]
      for page in pages { names.formUnion(try MarkupChecker.check(page.html())) }
      return names
    } catch {
      return ["malformed: \(error.message)"]
    }
  }

  @Test(arguments: SampleDocuments.all.map { $0.name })
  func `elements of a sample close, and it has neither scripts nor links to elsewhere`(
    name: String
  ) throws {
    let document = try #require(SampleDocuments.all.first { $0.name == name }).document
    let names = try MarkupChecker.check(document.html())
    for forbidden in ["script", "img", "iframe", "link", "object", "@src", "@onclick", "@style"] {
      #expect(!names.contains(forbidden))
    }
  }

  @Test func `elements of any document close`() {
    for seed in 1...100 as ClosedRange<UInt64> {
      var problem: String?
      do {
        try MarkupChecker.check(LineWidthTests.document(seed).html(isFragment: true))
      } catch { problem = error.message }
      #expect(problem == nil, "seed \(seed)")
    }
  }

  @Test func `steps fold between the words that name the goal and its boxed result`() throws {
    let goal = partial(v("L"), v("x"))
    let chain = Block.derivation([DerivationRow(goal, .equal, v("y"))])
    let html = Document(
      blocks: [
        .lead([.strong([.text("Find ")]), .formula(goal)]),
        .paragraph([.text("The local derivatives:")]), chain, chain,
        .result(equation(goal, v("y")), also: nil, label: nil),
      ]
    ).html(isFragment: true)
    let parts = [
      "class=\"lead\"", "<details class=\"steps\" open>", "<details class=\"aside\">",
      "<summary>The local derivatives:", "</details>", "</details>", "class=\"result\"",
    ]
    var rest = html[...]
    for part in parts {
      let found = try #require(rest.firstRange(of: part), "\(part)")
      rest = rest[found.upperBound...]
    }
    #expect(!rest.contains("<details"))
  }

  @Test func `headings have anchors and a table of contents`() {
    let html = Document(
      title: ["T"], blocks: [.heading(level: 1, ["A"]), .heading(level: 2, ["B"])]
    ).html()
    #expect(html.contains("<h2 id=\"section-1\">A</h2>"))
    #expect(html.contains("<h3 id=\"section-2\">B</h3>"))
    #expect(html.contains("<li class=\"part\"><a href=\"#section-2\">B</a></li>"))
  }

  @Test func `a reference leads to its result`() {
    let html = Document(
      blocks: [
        .result(v("x"), also: nil, label: "a"), .paragraph([.reference("a"), .reference("b")]),
      ]
    ).html()
    #expect(html.contains(" id=\"result-1\""))
    #expect(html.contains("<p><a href=\"#result-1\">(1)</a>(?)</p>"))
  }

  @Test func `a page with contents lets the keyboard go to the text at once`() {
    let headings: [Block] = [.heading(level: 1, ["A"]), .heading(level: 1, ["B"])]
    let html = Document(title: ["T"], blocks: headings).html()
    #expect(html.contains("<a class=\"skip\" href=\"#text\">To the text</a>"))
    #expect(html.contains("<main id=\"text\""))
    #expect(!Document(title: ["T"], blocks: [headings[0]]).html().contains("class=\"skip\""))
  }

  private static func sheet(_ title: String, _ text: String) -> Document {
    Document(
      title: [.text(title)],
      blocks: [
        .heading(level: 1, [.text(text)]), .heading(level: 2, ["B"]),
        .result(v("x"), also: nil, label: "a"), .paragraph([.reference("a")]),
        .graph(ComputationGraph(nodes: [.init(v("x"), .input)])),
      ])
  }

  // swift-format-ignore
  private static let pairs: [((String, String), (String, String))] = [
    (("One", "A"),        ("Two", "A")),
    (("One", "A"),        ("One", "B")),
    (("", "A"),           ("", "B")),
    (("3. \"<∂>\"", "A"), ("3. \"<σ>\"", "A")),
  ]

  @Test(arguments: pairs)
  func `fragments share no names of places, and their links stay within them`(
    one: (String, String), other: (String, String)
  ) {
    let names = [one, other].map { title, text in
      Self.sheet(title, text).html(isFragment: true).values(of: "id")
    }
    #expect(names[0].count == 6)
    #expect(Set(names[0]).isDisjoint(with: names[1]))
    let links = Self.sheet(one.0, one.1).html(isFragment: true).values(of: "href")
    #expect(links.allSatisfy { names[0].contains(String($0.dropFirst())) })
  }

  @Test(arguments: [([Language.german, .german], "de"), ([.german, .english], "en"), ([], "en")])
  func `a gallery is in the language of its write-ups`(languages: [Language], code: String) {
    let entries = languages.map { language in
      var document = Document(title: ["T"])
      document.notation.language = language
      return GalleryPage.Entry(document: document, files: [])
    }
    let html = GalleryPage(title: "Write-ups", entries: entries).html()
    #expect(html.contains("<html lang=\"\(code)\">"))
    #expect(html.contains(code == "de" ? "<h1>Lösungen</h1>" : "<h1>Write-ups</h1>"))
    #expect(html.values(of: "lang").count == (Set(languages).count == 2 ? 2 : 1))
  }
}

extension String {
  /// What stands between the quotation marks of an attribute, wherever it occurs.
  fileprivate func values(of attribute: String) -> [String] {
    var found: [String] = []
    for part in split(separator: "\"").enumerated() where part.offset > 0 {
      let before = split(separator: "\"")[part.offset - 1]
      if before.hasSuffix(" \(attribute)=") { found.append(String(part.element)) }
    }
    return found
  }
}
