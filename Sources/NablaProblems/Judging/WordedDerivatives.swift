import NablaNotation

/// What is told of derivatives in words: "the derivative of $L$ with respect to $h_i$ is $…$".
struct WordedDerivatives {
  private static let derivatives: Set<String> = [
    "derivative", "derivatives", "gradient", "gradients", "slope", "ableitung", "ableitungen",
    "gradienten", "dérivée", "derivada", "gradiente", "jacobian", "derivata", "производная",
    "градиент",
  ]

  private static let respects: [[String]] = [
    "with respect to", "w r t", "wrt", "by", "nach", "bezüglich", "par rapport à",
    "respecto a", "respecto de", "rispetto a", "em relação a", "по",
  ].map { $0.split(separator: " ").map { String($0) } }

  private static let copulas: Set<String> = [
    "is", "is given by", "is equal to", "equals", "is then", "is therefore", "is thus",
    "is hence", "is just", "is simply", "becomes", "then is", "reads", "is now", "will be", "ist",
    "ist gleich", "ist also", "lautet", "beträgt", "ergibt", "est", "vaut", "est égale à", "es",
    "es igual a", "vale", "è", "é", "равна",
  ]

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter }.map { String($0) }
  }

  /// Whether words end in saying what is differentiated by.
  static func endInRespect(_ text: String) -> Bool {
    let words = words(text)
    return respects.contains { words.suffix($0.count).elementsEqual($0) }
  }

  /// Whether words lead to what is differentiated, with nothing said of it but that.
  static func announceDerivative(_ text: String) -> Bool {
    let words = words(text)
    guard let place = words.lastIndex(where: { derivatives.contains($0) }) else { return false }
    return words.count - place <= mostWords
  }

  /// "of", "of the loss".
  private static var mostWords: Int { 5 }

  /// Whether words only say that one thing is another.
  static func areCopula(_ text: String) -> Bool {
    copulas.contains(words(text).joined(separator: " "))
  }
}
