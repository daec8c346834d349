/// An axis: where values stand on it, from 0 to 1, and its round ticks.
struct PlotScale {
  struct Tick: Hashable {
    let place: Double
    let label: Formula
    let text: String
  }

  let isLogarithmic: Bool
  private let lower: Double
  private let upper: Double
  private(set) var ticks: [Tick] = []

  init(
    _ range: ClosedRange<Double>, isLogarithmic: Bool = false, isCounted: Bool = false,
    wanted: Int = 6
  ) {
    self.isLogarithmic = isLogarithmic
    var (low, high) = (range.lowerBound, range.upperBound)
    if isLogarithmic { (low, high) = (Self.logarithm(low), Self.logarithm(high)) }
    let isUsable = low.isFinite && high.isFinite && (high - low).isFinite && high > low
    if !isUsable { (low, high) = (0, 1) }
    lower = low
    upper = high
    isLogarithmic ? addPowers(wanted) : addRound(wanted, isCounted: isCounted)
  }

  func place(of value: Double) -> Double {
    ((isLogarithmic ? Self.logarithm(value) : value) - lower) / (upper - lower)
  }

  /// Whether no label of a tick reaches into the next one.
  func hasRoom(_ labelWidth: (Tick) -> Double) -> Bool {
    for (one, next) in zip(ticks, ticks.dropFirst())
    where (labelWidth(one) + labelWidth(next)) / 2 > next.place - one.place { return false }
    return true
  }

  // MARK: Ticks

  private mutating func addRound(_ wanted: Int, isCounted: Bool) {
    var (step, exponent) = Self.step(for: (upper - lower) / Double(wanted))
    if isCounted, exponent < 0 { (step, exponent) = (1, 0) }
    let first = (lower / step).rounded(.up)
    let last = (upper / step).rounded(.down)
    if !(last - first <= 1000) { return }
    // Very large and very small numbers share a power of ten.
    let largest = max(abs(first), abs(last)) * step
    let magnitude = largest > 0 ? Int(Self.logarithm(largest * 1.000_001).rounded(.down)) : 0
    let power = magnitude > 5 || magnitude < -3 ? magnitude : 0
    let scale = Self.powerOfTen(power)
    var number = first
    while number <= last {
      var text = Self.decimal(number * step / scale, places: max(0, power - exponent))
      if power != 0, text != "0" { text += "e\(power)" }
      ticks.append(
        Tick(
          place: place(of: number * step), label: .number(text),
          text: Formula.number(text).compactText))
      number += 1
    }
  }

  private mutating func addPowers(_ wanted: Int) {
    let (first, last) = (lower.rounded(.up), upper.rounded(.down))
    let stride = max(1, ((last - first) / Double(wanted)).rounded(.up))
    var power = first
    while power <= last, ticks.count < 1000 {
      let label = Formula.power(.number("10"), .number(String(Int(power))))
      ticks.append(
        Tick(place: (power - lower) / (upper - lower), label: label, text: label.compactText))
      power += stride
    }
  }

  /// The round number, 1, 2 or 5 times a power of ten, that is at least `size`, and that power.
  static func step(for size: Double) -> (step: Double, exponent: Int) {
    guard size.isFinite, size > 0 else { return (1, 0) }
    var exponent = Int(logarithm(size).rounded(.down))
    let power = powerOfTen(exponent)
    for factor in [1.0, 2, 5, 10] where factor * power >= size * 0.999_999 {
      if factor == 10 { exponent += 1 }
      return (factor * power, exponent)
    }
    return (10 * power, exponent + 1)
  }

  /// A value of the axis in a few digits.
  func text(of value: Double) -> String { Formula.number(plain(value)).compactText }

  /// The same in plain notation.
  func plain(_ value: Double) -> String {
    if isLogarithmic { return "\(value)" }
    let (_, exponent) = Self.step(for: (upper - lower) / 1000)
    var text = Self.decimal(value, places: min(12, max(0, -exponent)))
    if text.utf8.contains(46) {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text
  }

  // MARK: Numbers

  /// A number with so many decimals; very large and very small ones keep their own spelling.
  static func decimal(_ value: Double, places: Int) -> String {
    let scale = powerOfTen(places)
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 1e9 else { return "\(value)" }
    let magnitude = Int32(abs(scaled))
    if magnitude == 0 { return "0" }
    var digits = String(magnitude)
    if places > 0 {
      while digits.utf8.count <= places { digits = "0" + digits }
      digits =
        String(digits.dropLast(places)) + "." + String(digits.suffix(places))
    }
    return scaled < 0 ? "-" + digits : digits
  }

  static func powerOfTen(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<min(abs(exponent), 400) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  /// log₁₀ from the binary exponent and the series of artanh.
  static func logarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value == 0 ? -.infinity : .nan }
    let (exponent, significand) = (Double(value.exponent), value.significand)
    let ratio = (significand - 1) / (significand + 1)
    var (power, sum) = (ratio, 0.0)
    var odd = 1.0
    while odd < 60 {
      sum += power / odd
      power *= ratio * ratio
      odd += 2
    }
    return (2 * sum + exponent * 0.693_147_180_559_945_3) / 2.302_585_092_994_046
  }
}
