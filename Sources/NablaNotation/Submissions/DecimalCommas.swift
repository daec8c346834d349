/// Tells whether an author writes decimals with commas.
enum DecimalCommas {
  /// Whether some number such as `0,5` stands where no list can, and none such as `0.5` anywhere.
  static func areUsed(_ bytes: [UInt8]) -> Bool {
    var areUsed = false
    for index in bytes.indices.dropFirst().dropLast()
    where Bytes.isDigit(bytes[index - 1]) && Bytes.isDigit(bytes[index + 1]) {
      switch bytes[index] {
      case 0x2E: if isLeadingZero(index - 1, bytes) { return false }
      case 0x2C: areUsed = areUsed || isDecimal(index, bytes)
      default: break
      }
    }
    return areUsed
  }

  private static func isLeadingZero(_ index: Int, _ bytes: [UInt8]) -> Bool {
    guard bytes[index] == 0x30 else { return false }
    return index == 0 || !(Bytes.isDigit(bytes[index - 1]) || bytes[index - 1] == 0x2E)
  }

  /// `0,5` behind a blank or a sign and before no further comma.
  private static func isDecimal(_ comma: Int, _ bytes: [UInt8]) -> Bool {
    guard isLeadingZero(comma - 1, bytes), comma > 1 else { return false }
    switch bytes[comma - 2] {
    case 0x20, 0x3D, 0x2B, 0x2D, 0x2A, 0x24, 0x26, 0x3C, 0x3E, 0x80...: break
    default: return false
    }
    var end = comma + 1
    while end < bytes.count, Bytes.isDigit(bytes[end]) { end += 1 }
    // `i = 0,1` may be a list.
    guard end > comma + 2 || bytes[comma + 1] > 0x32 else { return false }
    return end + 1 >= bytes.count || bytes[end] != 0x2C || !Bytes.isDigit(bytes[end + 1])
  }
}
