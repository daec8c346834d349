#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ends the process when a budget of time runs out, whatever it is doing.
enum Deadline {
  static func start(_ seconds: Double, _ message: String) {
    // Beyond a century no budget ends, and the whole seconds fit every system's integer.
    let seconds = min(seconds, 3e9)
    let whole = seconds.rounded(.down)
    let pause = timespec(tv_sec: Int(whole), tv_nsec: Int((seconds - whole) * 1e9))
    LargeStack.detach {
      var pause = pause
      var rest = timespec()
      while nanosleep(&pause, &rest) != 0, errno == EINTR { pause = rest }
      let bytes = Array(message.utf8)
      _ = write(STDERR_FILENO, bytes, bytes.count)
      _exit(4)
    }
  }
}
