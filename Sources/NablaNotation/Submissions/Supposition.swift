/// A clause behind "if", "when" or "assuming" while it is read.
struct Supposition {
  private var start: Int?
  private var end = 0
  private var reach = Submission.Reach.sentence
  /// Whether it is one whatever words stand in it; "for …" mostly names what is looked at.
  private var isSure = false
  private var isTold = false
  private var words = 0
  private var isMethod = false
  /// Whether an article follows, as in "for the linear layer", and a property has been read.
  private var isNamed = false
  private var hasProperty = false
  /// Whether a number has been read.
  private var isCounting = false

  private struct Row {
    var isSure: Bool
    var reach: Submission.Reach
    var phrases: String
  }

  private static let rows = [
    Row(
      isSure: true, reach: .sentence,
      phrases: """
        if, when, quand, lorsque, cuando, quando, когда, เมื่อ, provided, provided that, only if, as long as, whenever, wenn,
        falls, sofern, si, если, при условии, ถ้า, หาก
        """),
    Row(
      isSure: true, reach: .sentence,
      phrases: """
        without the, ohne den, ohne die, ohne das, sans le, sans la, sans les, sin el, sin la,
        senza il, senza la, без
        """),
    Row(
      isSure: true, reach: .block,
      phrases: """
        suppose, suppose that, assume, assume that, assuming, assuming that, we assume,
        we assume that, angenommen, annahme,
        supposons, supposons que, supposant, supongamos, suponiendo, supponiamo, supponendo,
        suponhamos, supondo, пусть
        """),
    Row(
      isSure: false, reach: .sentence,
      phrases: """
        for, for a, for an, at, with, in case, in case of, für, bei, mit, im fall, pour, avec,
        dans le cas, para, con, en el caso, per, для, при, กรณี
        """),
    Row(isSure: false, reach: .block, phrases: "case, in the case, fall, cas, caso, случай"),
  ]

  private static let table: [String: (isSure: Bool, reach: Submission.Reach)] = {
    var table: [String: (isSure: Bool, reach: Submission.Reach)] = [:]
    for row in rows {
      for phrase in row.phrases.split(separator: ",") {
        let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" })
        table[words.joined(separator: " ")] = (row.isSure, row.reach)
      }
    }
    return table
  }()

  /// How far what a phrase introduces reaches; nil if it introduces no supposition.
  static func reach(of phrase: String) -> Submission.Reach? { table[phrase]?.reach }

  /// Words that tell what someone does, not what holds: "if we differentiate", "when computing".
  private static let methods: Set<String> = [
    "we", "you", "i", "one", "wir", "man", "ich", "on", "nous", "uno", "differentiate",
    "differentiating", "computing", "taking", "using", "applying", "deriving", "looking",
    "calculating", "needed", "necessary", "possible",
  ]

  /// Beginnings of words that tell of such steps anywhere in the clause.
  private static let steps: [String] = [
    "differentiat", "comput", "call", "calculat", "deriv", "appl", "substitut", "insert", "plug",
    "expand",
    "simplif", "backprop", "propagat", "taking", "ableit", "berechn", "einsetz", "anwend", "calcul",
    "substitu", "aplic", "remplac", "dérivant",
  ]

  /// Words by which "for …" and "when …" say under what something holds.
  private static let properties: [String] = [
    "symmetric", "symmetrisch", "symétrique", "simétric", "simmetric", "симметрич", "diagonal",
    "orthogonal", "linear", "linéaire", "lineal", "lineare", "линейн", "identity", "identität",
    "identité", "identidad", "identità", "constant", "konstant", "constante", "positive", "positiv",
    "positif", "positiv", "negativ", "nonzero", "zero", "active", "aktiv", "actif", "activo",
    "attiv", "inactive", "inaktiv", "small", "klein", "petit", "large", "groß",
    "equal", "identical", "identisch", "independent", "unabhängig", "invertible", "invertierbar",
    "binary", "binär", "unit", "vanish", "balanced", "normalised", "normalized", "normiert",
  ]

  /// Numbers, and beginnings of what is counted: "for two classes".
  private static let numbers: Set<String> = [
    "one", "two", "three", "four", "1", "2", "3", "4", "single", "zwei", "drei", "vier", "einem",
    "einer", "eine", "deux", "trois", "quatre", "une", "dos", "tres", "cuatro", "una", "due", "tre",
    "duas", "dois", "três", "два", "двух", "две", "три",
  ]
  private static let counted: [String] = [
    "class", "klass", "clas", "sample", "beispiel", "stichprobe", "datenpunkt", "échantillon",
    "muestra", "output", "ausgang", "ausgabe", "sortie", "salida", "input", "neuron", "unit",
    "feature", "merkmal", "dimension", "component", "komponente", "composante", "logit", "score",
    "data", "example", "класс",
  ]

  private static let articles: Set<String> = [
    "the", "der", "die", "das", "den", "dem", "le", "la", "les", "el", "los", "las", "il", "lo",
    "o",
  ]
  private static let cases: Set<String> = ["case", "fall", "cas", "caso", "случае"]

  /// The words with which a clause may begin.
  private static let starts: Set<String> = Set(
    table.keys.compactMap { $0.split(separator: " ").first.map { String($0) } })

  /// Takes the phrase at a place of some prose if a clause begins with it.
  mutating func open(_ prose: [ProseWord], _ index: Int) {
    guard Self.starts.contains(prose[index].text) else { return }
    for count in [3, 2, 1] where index + count <= prose.count {
      guard let phrase = Sentence.phrase(prose, index, count), let row = Self.table[phrase] else {
        continue
      }
      if start != nil, isTold, !row.isSure { return }
      self = Supposition()
      start = prose[index].range.lower
      end = prose[index + count - 1].range.upper
      (isSure, reach, isTold) = (row.isSure, row.reach, row.isSure)
      return
    }
  }

  mutating func word(_ word: ProseWord) {
    guard start != nil, word.range.lower >= end else { return }
    end = word.range.upper
    words += 1
    if Self.methods.contains(word.text), words <= 2 { isMethod = true }
    if Self.steps.contains(where: { word.text.hasPrefix($0) }) { isMethod = true }
    if words == 1, Self.articles.contains(word.text) { isNamed = true }
    if isTold { return }
    if Self.properties.contains(where: { word.text.hasPrefix($0) }) { hasProperty = true }
    if isCounting, Self.counted.contains(where: { word.text.hasPrefix($0) }) { hasProperty = true }
    if Self.numbers.contains(word.text) { isCounting = true }
    isTold = hasProperty && (!isNamed || Self.cases.contains(word.text))
  }

  /// A formula inside the clause.
  mutating func formula(upTo place: Int) {
    if start != nil { end = place }
  }

  /// Whether a clause is being read in which words tell what is supposed.
  var isOpen: Bool { start != nil && isTold && !isMethod }

  /// Ends the clause; tells it if it supposes something.
  mutating func close() -> (range: SourceRange, reach: Submission.Reach)? {
    defer { self = Supposition() }
    guard let start, isTold, !isMethod, end > start, words > 0 else { return nil }
    return (SourceRange(start, end), reach)
  }
}
