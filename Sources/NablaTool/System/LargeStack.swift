#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs work on threads whose stacks suit deep expressions.
///
/// The stacks are only reserved: pages cost memory once they are touched. Where the system grants
/// no such reservation a smaller one is asked for, at last none.
enum LargeStack {
  private static let sizes = [512 << 20, 64 << 20, 8 << 20]

  #if canImport(Darwin)
    private typealias Thread = pthread_t?
  #else
    private typealias Thread = pthread_t
  #endif

  /// Carries work to a thread, which alone runs it until it is joined.
  private final class Job: @unchecked Sendable {
    let work: () -> Void

    init(_ work: @escaping () -> Void) { self.work = work }
  }

  /// Runs one piece of work and waits for its result.
  static func run(_ work: @escaping () -> Int32) -> Int32 {
    var result: Int32 = 0
    run([{ result = work() }])
    return result
  }

  /// Runs pieces of work at the same time and waits for all of them.
  static func run(_ works: [() -> Void]) {
    var threads: [Thread] = []
    for work in works {
      if let thread = start(Job(work)) { threads.append(thread) } else { work() }
    }
    for thread in threads { join(thread) }
  }

  /// Starts small work that nobody waits for.
  static func detach(_ work: @escaping () -> Void) { leave(work, sizes: [1 << 20]) }

  /// Starts work that nobody waits for; without a thread it is done at once.
  static func leave(_ work: @escaping () -> Void) {
    if !leave(work, sizes: sizes) { work() }
  }

  @discardableResult
  private static func leave(_ work: @escaping () -> Void, sizes: [Int]) -> Bool {
    guard let thread = start(Job(work), sizes: sizes) else { return false }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
    return true
  }

  private static func start(_ job: Job, sizes: [Int] = sizes) -> Thread? {
    for size in sizes {
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return nil }
      defer { pthread_attr_destroy(&attributes) }
      guard pthread_attr_setstacksize(&attributes, size) == 0 else { continue }
      #if canImport(Darwin)
        var thread: Thread = nil
      #else
        var thread = Thread()
      #endif
      let reference = Unmanaged.passRetained(job)
      if pthread_create(&thread, &attributes, main, reference.toOpaque()) == 0 { return thread }
      reference.release()
    }
    return nil
  }

  private static func join(_ thread: Thread) {
    #if canImport(Darwin)
      if let thread { pthread_join(thread, nil) }
    #else
      pthread_join(thread, nil)
    #endif
  }

  #if canImport(Darwin)
    private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
      { pointer in
        Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().work()
        return nil
      }
  #else
    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
      { pointer in
        if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().work() }
        return nil
      }
  #endif
}
