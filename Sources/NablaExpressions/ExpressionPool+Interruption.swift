/// When the work on a pool is to be given up.
struct PoolAlarm {
  /// Whether work is to be given up.
  var isRaised = false
  /// The number of nodes at which the question is asked again.
  var nextCount = Int.max
  /// The number of nodes beyond which a pool may not grow.
  var largestCount = Int.max
  /// How many definitions and operands are being opened inside each other.
  var depth = 0
  var isOver: () -> Bool = { false }

  /// Deeper ways through definitions are given up while a pool is watched.
  static let deepest = 1000
}

extension ExpressionPool {
  /// Whether work was given up: expressions made since may be left as they were before a step.
  ///
  /// Nothing may be concluded from them.
  package var isInterrupted: Bool { alarm.isRaised }

  /// Lets opening, substitution, differentiation and canonical forms be given up once `isOver` says
  /// so, or the pool has grown by more than some nodes. False if the pool is watched already.
  package mutating func watch(
    growth: Int = 2_000_000, isOver: @escaping () -> Bool
  ) -> Bool {
    if alarm.nextCount != Int.max { return false }
    alarm = PoolAlarm(
      nextCount: nodes.count + 1, largestCount: nodes.count + growth, isOver: isOver)
    return true
  }

  /// Ends a watch; the pool may be used as before.
  package mutating func endWatch() { alarm = PoolAlarm() }

  /// Enters a level of opened definitions; false if it lies too deep.
  mutating func enterDefinition() -> Bool {
    if alarm.depth >= PoolAlarm.deepest, alarm.nextCount != Int.max { alarm.isRaised = true }
    if alarm.isRaised { return false }
    alarm.depth += 1
    return true
  }

  mutating func leaveDefinition() { alarm.depth -= 1 }

  /// Asks whether the work is to be given up.
  @inline(never)
  mutating func askAlarm() {
    if nodes.count > alarm.largestCount || alarm.isOver() {
      alarm.isRaised = true
    }
    alarm.nextCount = nodes.count + 1024
  }
}
