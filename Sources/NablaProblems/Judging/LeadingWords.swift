/// The words of the sentence that leads to a formula, as far as they say what it is about.
struct LeadingWords: Sendable {
  /// As they are spelled.
  private(set) var words: [String] = []

  init() {}

  /// The last sentence or row of a text, or its first.
  init(_ text: String, isFirstSentence: Bool = false) {
    var word = ""
    var isExponent = false
    var isPossessive = false
    var endsSentence = false
    for scalar in text.unicodeScalars {
      if Self.isPartOfWord(scalar) {
        if endsSentence {
          if isFirstSentence, !words.isEmpty { return }
          words = []
          endsSentence = false
        }
        word.unicodeScalars.append(scalar)
        continue
      }
      if !word.isEmpty, !isExponent, !(isPossessive && word == "s") { words.append(word) }
      if !word.isEmpty || scalar == "^" { isExponent = scalar == "^" }
      if !word.isEmpty || scalar == "'" || scalar == "’" {
        isPossessive = scalar == "'" || scalar == "’"
      }
      if scalar == "\n" || scalar == "!" || scalar == "?" || scalar == "." || scalar == ";" {
        endsSentence = true
      }
      word = ""
    }
    if !word.isEmpty, !isExponent, !(isPossessive && word == "s") { words.append(word) }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    case "’", "×", "–", "—", "·", "−", "•": false
    default: scalar.value >= 0xC0
    }
  }

  /// The nearest word before the formula that a test accepts, with nothing but words of linking
  /// behind it.
  func subject(_ isName: (String) -> Bool) -> String? {
    for word in words.reversed() {
      if isName(word) { return word }
      if !Self.linking.contains(word.lowercased()) { return nil }
    }
    return nil
  }

  static func isLinking(_ word: String) -> Bool { linking.contains(word.lowercased()) }

  func contains(_ table: Set<String>) -> Bool {
    words.contains { table.contains($0.lowercased()) }
  }

  /// Whether a piece of a word occurs, for languages that write words together.
  func containsPiece(_ pieces: [String]) -> Bool {
    words.contains { word in pieces.contains { Self.holds($0, in: word.lowercased()) } }
  }

  private static func holds(_ piece: String, in word: String) -> Bool {
    let (wanted, bytes) = (Array(piece.utf8), Array(word.utf8))
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
    return false
  }

  // MARK: What words say

  /// Whether the total of all parameters is spoken of, and not that of a part of them.
  var announceTotal: Bool {
    guard contains(Self.total) || containsPiece(Self.totalPieces) else { return false }
    if containsPiece(Self.parts) { return false }
    if containsPiece(Self.parameters) { return true }
    return words.allSatisfy {
      Self.total.contains($0.lowercased()) || Self.linking.contains($0.lowercased())
        || Self.holds(Self.totalPieces[0], in: $0)
    }
  }

  /// Whether a step of training or a sample is spoken of.
  var namesMoment: Bool {
    containsPiece([
      "iteration", "itération", "iteración", "epoch", "step", "sample", "update", "schritt",
      "beispiel", "étape", "paso", "muestra", "example",
    ])
  }

  /// Whether there is nothing but words that draw a conclusion.
  var leadsToConclusion: Bool {
    words.allSatisfy { word in
      let lower = word.lowercased()
      return Self.linking.contains(lower) || Self.concluding.contains(lower)
    }
  }

  /// Whether an equation is announced that is to be solved.
  var announcesEquation: Bool { contains(Self.solving) }

  private static let concluding: Set<String> = [
    "hence", "obtain", "find", "implies", "imply", "leads", "to", "zero", "setting", "set", "this",
    "that", "it", "follows", "from", "yields", "yield", "give", "normal", "equation", "equations",
    "solution", "solving", "for", "minimum", "maximum", "optimal", "optimum", "result", "results",
    "must", "hold", "at", "or", "dann", "folgt", "ergibt", "gibt", "wir", "daher", "somit", "null",
    "donc", "on", "obtient", "entonces", "se", "obtiene", "luego",
  ]

  private static let solving: Set<String> = [
    "set", "sets", "setting", "solve", "solving", "solves", "require", "requires", "requirement",
    "condition", "conditions", "extremum", "extrema", "optimality", "root", "roots", "stationary",
    "setze", "setzen", "löse", "lösen", "posons", "résoudre", "igualamos", "resolver",
  ]

  /// Whether it begins with a word such as "gives".
  var concludes: Bool {
    guard let first = words.first else { return false }
    return [
      "gives", "give", "yields", "yield", "implies", "leads", "results", "ergibt", "liefert",
      "führt", "folgt", "donne", "implique", "implica", "resulta",
    ].contains(first.lowercased())
  }

  /// Whether no more than a few words stand there and the last names the result of a calculation.
  var namesResult: Bool {
    guard let last = words.last, words.count <= 3 else { return false }
    return Self.results.contains(last.lowercased())
  }

  private static let results: Set<String> = [
    "sum", "product", "difference", "quotient", "mean", "average", "norm", "loss", "error",
    "gradient", "numerator", "denominator", "summe", "produkt", "differenz", "mittelwert",
    "verlust", "fehler", "zähler", "nenner", "somme", "produit", "différence", "moyenne", "perte",
    "erreur", "suma", "producto", "diferencia", "media", "pérdida",
  ]

  /// Whether weights are spoken of, or biases; nil if neither or both.
  var speaksOfBiases: Bool? {
    let weights = containsPiece(["weight", "gewicht", "poids", "peso", "kernel"])
    let biases = containsPiece(["bias", "biais", "sesgo"])
    return weights == biases ? nil : biases
  }

  /// The number of a layer, from 1; of the last, 0.
  var layer: Int? {
    guard containsPiece(["layer", "schicht", "couche", "capa"]) else { return nil }
    var found: [Int] = []
    for word in words {
      if let number = Int(word), (1...9).contains(number) { found.append(number) }
      for (number, spellings) in Self.ordinals.enumerated()
      where spellings.contains(word.lowercased()) { found.append(number) }
    }
    return found.count == 1 ? found[0] : nil
  }

  private static let ordinals: [Set<String>] = [
    ["output", "last", "final", "ausgabeschicht", "letzte", "sortie"],
    ["first", "erste", "ersten", "première", "primera"],
    ["second", "zweite", "zweiten", "deuxième", "segunda"],
    ["third", "dritte", "dritten", "troisième", "tercera"],
    ["fourth", "vierte", "vierten", "quatrième", "cuarta"],
  ]

  private static let total: Set<String> = [
    "total", "totals", "altogether", "overall", "sum", "insgesamt", "gesamt", "zusammen", "summe",
    "totale", "somme", "suma", "all",
  ]

  private static let totalPieces = ["ทั้งหมด"]

  private static let parameters = ["parameter", "paramètre", "parámetro", "พารามิเตอร์"]

  /// Parts of a network: their totals are not that of the whole.
  private static let parts = [
    "weight", "bias", "layer", "hidden", "neuron", "node", "gewicht", "schicht", "couche", "capa",
    "poids", "peso", "ชั้น", "unit", "feature", "input",
  ]

  /// Words that may stand between a name and its size, or between "total" and its number.
  private static let linking: Set<String> = [
    "size", "sizes", "dimension", "dimensions", "dim", "dims", "shape", "shapes", "output",
    "outputs", "matrix", "is", "are", "has", "have", "be", "of", "the", "a", "an", "so", "in",
    "there", "number", "we", "get", "then", "therefore", "hence", "thus", "which", "makes",
    "gives", "größe", "dimensionen", "form", "ist", "sind", "hat", "der", "die", "das", "also",
    "taille", "forme", "est", "la", "le", "de", "tamaño", "tiene", "es", "forma", "el", "คือ", "มี",
    "ขนาด", "ขนาดของ", "เป็น", "มีขนาด", "with", "will", "and", "und", "et", "y",
  ]
}
