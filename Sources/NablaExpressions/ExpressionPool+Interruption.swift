/// When the work on a pool is to be given up.
struct PoolAlarm {
  /// Whether work is to be given up.
  var isRaised = false
  /// The number of nodes at which the question is asked again.
  var nextCount = Int.max
  /// The number of nodes beyond which a pool may not grow.
  var largestCount = Int.max
  var isOver: () -> Bool = { false }
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

  /// Asks whether the work is to be given up.
  @inline(never)
  mutating func askAlarm() {
    if nodes.count > alarm.largestCount || alarm.isOver() {
      alarm.isRaised = true
    }
    alarm.nextCount = nodes.count + 1024
  }
}
