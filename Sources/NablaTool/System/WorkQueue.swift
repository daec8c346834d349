#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hands out pieces of work by number to threads that take the next one when they are free.
final class WorkQueue: @unchecked Sendable {
  private let count: Int
  private var next = 0
  private var done = 0
  private var mutex = pthread_mutex_t()

  init(count: Int) {
    self.count = count
    pthread_mutex_init(&mutex, nil)
  }

  deinit { pthread_mutex_destroy(&mutex) }

  /// The number of the next piece; nil when all are taken.
  func take() -> Int? {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    if next == count { return nil }
    next += 1
    return next - 1
  }

  /// Takes note that a piece is done, and tells how many are, one teller at a time.
  func finish(_ tell: (_ done: Int) -> Void) {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    done += 1
    tell(done)
  }

  /// The results of all pieces in their order, made by several threads.
  static func results<Result>(
    of count: Int, jobs: Int, _ work: @escaping (Int) -> Result,
    telling tell: @escaping (_ done: Int) -> Void = { _ in }
  ) -> [Result] {
    let queue = WorkQueue(count: count)
    let shares = (0..<max(1, min(jobs, count))).map { _ in Share<Result>() }
    let works = shares.map { share in
      {
        while let number = queue.take() {
          share.results.append((number, work(number)))
          queue.finish(tell)
        }
      }
    }
    if works.count == 1 { works[0]() } else { LargeStack.run(works) }
    return shares.flatMap { $0.results }.sorted { $0.number < $1.number }.map { $0.result }
  }

  /// What one thread made.
  private final class Share<Result>: @unchecked Sendable {
    var results: [(number: Int, result: Result)] = []
  }
}
