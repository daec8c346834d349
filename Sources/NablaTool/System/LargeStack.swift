#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs work on a thread whose stack suits deep expressions.
///
/// The stack is only reserved: pages cost memory once they are touched. Where the system grants
/// no such reservation a smaller one is asked for, at last none.
enum LargeStack {
  private static let sizes = [512 << 20, 64 << 20, 8 << 20]

  /// Carries the work to the thread, which alone runs it, and its result back after the join.
  private final class Job: @unchecked Sendable {
    let work: () -> Int32
    var result: Int32 = 0

    init(_ work: @escaping () -> Int32) { self.work = work }
  }

  static func run(_ work: @escaping () -> Int32) -> Int32 {
    let job = Job(work)
    for size in sizes where start(job, stackSize: size) { return job.result }
    return work()
  }

  /// Whether a thread with such a stack could be had and has done the job.
  private static func start(_ job: Job, stackSize: Int) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return false }
    let reference = Unmanaged.passRetained(job)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let failure = pthread_create(&thread, &attributes, LargeStack.main, reference.toOpaque())
    guard failure == 0 else {
      reference.release()
      return false
    }
    #if canImport(Darwin)
      if let thread { pthread_join(thread, nil) }
    #else
      pthread_join(thread, nil)
    #endif
    return true
  }

  #if canImport(Darwin)
    private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
      { pointer in
        let job = Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue()
        job.result = job.work()
        return nil
      }
  #else
    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
      { pointer in
        guard let pointer else { return nil }
        let job = Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue()
        job.result = job.work()
        return nil
      }
  #endif
}
