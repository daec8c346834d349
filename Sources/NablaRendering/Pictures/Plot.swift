import NablaNotation

/// Curves over a common axis.
public struct Plot: Hashable, Sendable {
  public var curves: [Curve]
  public var x: ClosedRange<Double>
  public var y: ClosedRange<Double>
  /// What stands at the axes.
  public var horizontal: Formula
  public var vertical: Formula?
  /// Whether the vertical axis counts powers of ten.
  public var isLogarithmic: Bool
  /// Whether only whole numbers have a meaning on the horizontal axis.
  public var isCounted: Bool

  public init(
    _ curves: [Curve], x: ClosedRange<Double>, y: ClosedRange<Double>, horizontal: Formula,
    vertical: Formula? = nil, isLogarithmic: Bool = false, isCounted: Bool = false
  ) {
    self.curves = curves
    self.x = x
    self.y = y
    self.horizontal = horizontal
    self.vertical = vertical
    self.isLogarithmic = isLogarithmic
    self.isCounted = isCounted
  }

  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A point of a curve that is pointed out.
  public struct Mark: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// A value of the curve.
      case value
      /// A corner, where there is no derivative.
      case kink
      /// A limit that the curve does not reach.
      case limit
    }

    public var kind: Kind
    public var point: Point

    public init(_ kind: Kind, at point: Point) {
      self.kind = kind
      self.point = point
    }
  }

  public struct Curve: Hashable, Sendable {
    public var name: Formula
    /// Points in the order of x; the curve is interrupted between pieces.
    public var pieces: [[Point]]
    public var marks: [Mark]

    public init(_ name: Formula, pieces: [[Point]], marks: [Mark] = []) {
      self.name = name
      self.pieces = pieces
      self.marks = marks
    }
  }
}

extension Plot {
  /// What the marks mean.
  func remarks(in language: Language) -> [Inline] {
    var kinds: Set<Mark.Kind> = []
    for mark in PlotFrame(self).marks { kinds.insert(mark.kind) }
    if kinds.contains(.kink), kinds.contains(.limit) {
      return [
        .text(
          language.say(
            "A dot marks a kink, where there is no derivative; a circle a limit that is not "
              + "reached."))
      ]
    }
    if kinds.contains(.kink) {
      return [.text(language.say("A dot marks a kink, where there is no derivative."))]
    }
    return kinds.contains(.limit)
      ? [.text(language.say("A circle marks a limit that is not reached."))] : []
  }

  /// The picture in words, for those who cannot see it.
  func summary(in language: Language) -> String {
    let frame = PlotFrame(self)
    let names = curves.map { $0.name.compactText }
    var list = ""
    for name in names { list += list.isEmpty ? name : ", " + name }
    return language.say(
      "Curves for %1 from %2 to %3: ", horizontal.compactText,
      frame.horizontal.text(of: x.lowerBound), frame.horizontal.text(of: x.upperBound)) + list + "."
  }
}
