#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hands out pieces of work by number to threads that take the next one when they are free, and
/// hands their results on in order.
final class WorkQueue<Result>: @unchecked Sendable {
  private let count: Int
  /// How many results may wait for one before them.
  private let waiting: Int
  private var next = 0
  private var done = 0
  private var received = 0
  private var isStopped = false
  private var results: [Int: Result] = [:]
  private var mutex = pthread_mutex_t()
  private var hasMoved = pthread_cond_t()

  private init(count: Int, waiting: Int) {
    self.count = count
    self.waiting = waiting
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&hasMoved, nil)
  }

  deinit {
    pthread_cond_destroy(&hasMoved)
    pthread_mutex_destroy(&mutex)
  }

  /// The number of the next piece; nil when there is none left.
  private func take() -> Int? {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while next < count, next - received >= waiting, !isStopped {
      pthread_cond_wait(&hasMoved, &mutex)
    }
    if next == count || isStopped { return nil }
    next += 1
    return next - 1
  }

  /// Takes in the result of a piece, and hands on those that no other has to come before.
  private func finish(
    _ number: Int, _ result: Result, _ receive: (Int, Result) -> Bool, _ tell: (Int) -> Void
  ) {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    done += 1
    tell(done)
    results[number] = result
    while !isStopped, let result = results.removeValue(forKey: received) {
      isStopped = !receive(received, result)
      received += 1
    }
    pthread_cond_broadcast(&hasMoved)
  }

  /// Does pieces of work on several threads and hands their results on in order, one at a time,
  /// until `receive` wants no more.
  ///
  /// No more than a few results for each thread are held at a time.
  static func forEach(
    of count: Int, jobs: Int, _ work: @escaping (Int) -> Result,
    telling tell: @escaping (_ done: Int) -> Void = { _ in },
    receiving receive: @escaping (_ number: Int, Result) -> Bool
  ) {
    let threads = max(1, min(jobs, count))
    let queue = WorkQueue(count: count, waiting: 8 * threads)
    let works = (0..<threads).map { _ in
      {
        while let number = queue.take() { queue.finish(number, work(number), receive, tell) }
      }
    }
    if works.count == 1 { works[0]() } else { LargeStack.run(works) }
  }

  /// The results of all pieces in their order, made by several threads.
  static func results(
    of count: Int, jobs: Int, _ work: @escaping (Int) -> Result,
    telling tell: @escaping (_ done: Int) -> Void = { _ in }
  ) -> [Result] {
    var all: [Result] = []
    all.reserveCapacity(count)
    forEach(
      of: count, jobs: jobs, work, telling: tell,
      receiving: { _, result in
        all.append(result)
        return true
      })
    return all
  }
}
