#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for work no longer than allowed; work that takes longer is left behind.
///
/// Work is expected to notice by itself that its time is over, and the thread it was left on then
/// ends; only the answer does not depend on that.
enum TimeLimit {
  static func answer<Answer>(
    within seconds: Double, _ work: @escaping () -> Answer
  ) -> Answer? {
    let result = Result<Answer>()
    LargeStack.leave { result.set(work()) }
    return result.wait(seconds)
  }

  private final class Result<Answer>: @unchecked Sendable {
    private var answer: Answer?
    private var mutex = pthread_mutex_t()
    private var condition = pthread_cond_t()

    init() {
      pthread_mutex_init(&mutex, nil)
      pthread_cond_init(&condition, nil)
    }

    deinit {
      pthread_cond_destroy(&condition)
      pthread_mutex_destroy(&mutex)
    }

    func set(_ answer: Answer) {
      pthread_mutex_lock(&mutex)
      self.answer = answer
      pthread_cond_signal(&condition)
      pthread_mutex_unlock(&mutex)
    }

    func wait(_ seconds: Double) -> Answer? {
      var end = timespec()
      clock_gettime(CLOCK_REALTIME, &end)
      let whole = min(seconds, 3e9).rounded(.down)
      end.tv_sec += Int(whole)
      end.tv_nsec += Int((min(seconds, 3e9) - whole) * 1e9)
      if end.tv_nsec >= 1_000_000_000 {
        end.tv_sec += 1
        end.tv_nsec -= 1_000_000_000
      }
      pthread_mutex_lock(&mutex)
      defer { pthread_mutex_unlock(&mutex) }
      while answer == nil {
        if pthread_cond_timedwait(&condition, &mutex, &end) != 0 { break }
      }
      return answer
    }
  }
}
