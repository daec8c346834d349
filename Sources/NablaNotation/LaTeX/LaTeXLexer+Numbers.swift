extension LaTeXLexer {
  /// A decimal, with `{,}` or a thin space between its digits where that has one meaning.
  mutating func readNumber() {
    let start = position
    var end = start
    while Self.isDigit(byte(end)) { end += 1 }
    var digits = Array(bytes[start..<end])
    let isWhole = byte(end) != 0x2E || !Self.isDigit(byte(end + 1))
    if names.vocabulary.groupsDigits, let grouped = readWhole(digits, from: end) {
      append(.number, start, grouped.end, String(decoding: grouped.digits, as: UTF8.self))
      return
    }
    if isWhole, let grouped = readGroups(after: digits, from: end) {
      digits = grouped.digits
      end = grouped.end
    }
    if byte(end) == 0x2E, Self.isDigit(byte(end + 1)), !digits.contains(0x2E) {
      digits.append(0x2E)
      end += 1
      while Self.isDigit(byte(end)) {
        digits.append(byte(end))
        end += 1
      }
    }
    readExponent(&digits, &end)
    if digits.first == 0x2E { digits.insert(0x30, at: 0) }
    append(.number, start, end, String(decoding: digits, as: UTF8.self))
  }

  /// `31.744` and `1,024,000`, where all numbers are whole.
  private func readWhole(_ whole: [UInt8], from start: Int) -> (digits: [UInt8], end: Int)? {
    guard (1...3).contains(whole.count), whole[0] != 0x30 else { return nil }
    let mark = byte(start)
    guard mark == 0x2E || mark == 0x2C else { return nil }
    var digits = whole
    var end = start
    while byte(end) == mark, (1...3).allSatisfy({ Self.isDigit(byte(end + $0)) }),
      !Self.isDigit(byte(end + 4))
    {
      digits += bytes[(end + 1)...(end + 3)]
      end += 4
    }
    return end > start ? (digits, end) : nil
  }

  /// `1{,}024`, `0{,}5`, `10\,000`.
  private func readGroups(after whole: [UInt8], from start: Int) -> (digits: [UInt8], end: Int)? {
    var end = start
    var groups: [[UInt8]] = []
    var hasComma = false
    var hasPoint = false
    while true {
      let width: Int
      if byte(end) == 0x7B, byte(end + 1) == 0x2C || byte(end + 1) == 0x2E,
        byte(end + 2) == 0x7D
      {
        width = 3
        hasComma = true
        hasPoint = hasPoint || byte(end + 1) == 0x2E
      } else if byte(end) == 0x5C, byte(end + 1) == 0x2C {
        width = 2
      } else {
        break
      }
      var place = end + width
      guard Self.isDigit(byte(place)) else { break }
      var group: [UInt8] = []
      while Self.isDigit(byte(place)) {
        group.append(byte(place))
        place += 1
      }
      groups.append(group)
      end = place
    }
    guard !groups.isEmpty else { return nil }
    let isThousands =
      !hasPoint && groups.allSatisfy { $0.count == 3 } && whole.count <= 3 && whole.first != 0x30
    if isThousands { return (whole + groups.flatMap { $0 }, end) }
    guard hasComma, groups.count == 1 else { return nil }
    return (whole + [0x2E] + groups[0], end)
  }

  /// `1e-3`, where an `e` without a sign behind it is a letter.
  private func readExponent(_ digits: inout [UInt8], _ end: inout Int) {
    guard byte(end) | 0x20 == 0x65, byte(end + 1) == 0x2D || byte(end + 1) == 0x2B,
      Self.isDigit(byte(end + 2)), !names.isKnown("e")
    else { return }
    digits += [0x65, byte(end + 1)]
    end += 2
    while Self.isDigit(byte(end)) {
      digits.append(byte(end))
      end += 1
    }
  }

  /// The arguments of `\frac12`.
  mutating func readLonelyDigits() {
    for _ in 0..<2 {
      skipBlanks()
      guard Self.isDigit(byte(position)) else { return }
      let start = position
      append(
        .number, start, start + 1, String(decoding: bytes[start..<start + 1], as: UTF8.self))
    }
  }
}
