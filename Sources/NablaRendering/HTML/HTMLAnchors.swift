/// The names of places in a page.
///
/// Those of a whole page are short; a fragment is put beside others, so that its own title and
/// words tell its names from theirs.
struct HTMLAnchors {
  private let prefix: String

  /// Names for a page of its own.
  init() { prefix = "" }

  /// Names for a fragment whose title and words are given.
  init(title: String, words: [String]) {
    var text = ""
    for scalar in title.unicodeScalars where text.utf8.count < Self.longestTitle {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: text.unicodeScalars.append(scalar)
      case 0x41...0x5A:
        text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
      default: if !text.isEmpty, text.utf8.last != 0x2D { text += "-" }
      }
    }
    if let first = text.utf8.first, first < 0x3A { text = "n-" + text }
    if text.isEmpty { text = "nabla" }
    if text.utf8.last != 0x2D { text += "-" }
    prefix = text + Self.digest([title] + words) + "-"
  }

  private static let longestTitle = 24

  /// The hash of Fowler, Noll and Vo (FNV-1a, 32 bits) in base 16.
  private static func digest(_ texts: [String]) -> String {
    var hash: UInt32 = 2_166_136_261
    for text in texts {
      for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      hash = (hash ^ 0x0A) &* 16_777_619
    }
    return String(hash, radix: 16)
  }

  func section(_ number: Int) -> String { "\(prefix)section-\(number)" }
  func result(_ number: Int) -> String { "\(prefix)result-\(number)" }
  func picture(_ number: Int) -> String { "\(prefix)picture-\(number)" }
  var text: String { "\(prefix)text" }
}
