import NablaNumbers

// The notation of operands and results is described in Data/generate_number_operations.py.

/// The integer that an operand of the recorded table stands for.
func integerOperand(_ text: String) -> Integer? {
  if text.utf8.contains(UInt8(ascii: "*")) {
    return text.split(separator: "*").reduce(1 as Integer?) { product, part in
      guard let product, let factor = integerOperand(String(part)) else { return nil }
      return product * factor
    }
  }
  if text.hasPrefix("-@") { return integerOperand(String(text.dropFirst())).map { -$0 } }
  if text.hasPrefix("@") {
    let parts = text.dropFirst().split(separator: ":")
    guard parts.count == 2, let count = Int(parts[0]), let seed = UInt64(parts[1]) else {
      return nil
    }
    return Integer(generatedDigits(count: count, seed: seed))
  }
  if text.utf8.contains(UInt8(ascii: "^")) { return sumOfPowers(text) }
  return Integer(text)
}

/// The rational that an operand of the recorded table stands for.
func rationalOperand(_ text: String) -> Rational? {
  let parts = text.split(separator: "/")
  guard let numerator = parts.first.flatMap({ integerOperand(String($0)) }) else { return nil }
  if parts.count == 1 { return Rational(numerator) }
  return integerOperand(String(parts[1])).flatMap { Rational(numerator, over: $0) }
}

/// A result as the recorded table writes it: itself, or its length, ends and hash.
func recordedForm(_ result: String?) -> String {
  guard let result else { return "nil" }
  let count = result.utf8.count
  if count <= 60 { return result }
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in result.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  let digits = String(hash, radix: 16)
  let padded = String(repeating: "0", count: 16 - digits.count) + digits
  return "#\(count):\(result.prefix(10)):\(result.suffix(10)):\(padded)"
}

private func generatedDigits(count: Int, seed: UInt64) -> String {
  var state = seed
  var digits: [UInt8] = []
  for index in 0..<count {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let digit = UInt8((state >> 33) % 10)
    digits.append(UInt8(ascii: "0") + (index == 0 ? max(digit, 1) : digit))
  }
  return String(decoding: digits, as: UTF8.self)
}

private func sumOfPowers(_ text: String) -> Integer? {
  var total: Integer = 0
  var terms = text.replacing("-", with: "+-").split(separator: "+")
  while let term = terms.popLast() {
    let isNegative = term.hasPrefix("-")
    let magnitude = isNegative ? term.dropFirst() : term
    var power: Integer = 1
    if magnitude != "1" {
      guard magnitude.hasPrefix("2^"), let exponent = Int(magnitude.dropFirst(2)) else {
        return nil
      }
      power = power << exponent
    }
    total += isNegative ? -power : power
  }
  return total
}
