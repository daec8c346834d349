#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What changes of a file when it is written or replaced.
struct FileMark: Equatable, Sendable {
  var node: UInt64
  var size: Int64
  var seconds: Int
  var nanoseconds: Int

  init(node: UInt64 = 0, size: Int64 = 0, seconds: Int = 0, nanoseconds: Int = 0) {
    self.node = node
    self.size = size
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The mark of a file; nil where there is none.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    self.init(
      node: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int(time.tv_sec),
      nanoseconds: Int(time.tv_nsec))
  }
}

extension Surroundings {
  /// Waits until it is time to look at the files again.
  static func pauseBriefly() -> Bool {
    usleep(150_000)
    return true
  }
}
