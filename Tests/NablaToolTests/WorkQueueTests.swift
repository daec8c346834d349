import Synchronization
import Testing

@testable import NablaTool

@Suite struct WorkQueueTests {
  @Test(arguments: [1, 2, 5], [0, 1, 7, 500])
  func `results come in the order of the work`(jobs: Int, count: Int) {
    #expect(WorkQueue.results(of: count, jobs: jobs, { $0 * $0 }) == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [1, 4])
  func `nothing is handed on once no more is wanted`(jobs: Int) {
    var received: [Int] = []
    WorkQueue.forEach(
      of: 300, jobs: jobs, { $0 },
      receiving: { number, _ in
        received.append(number)
        return number < 9
      })
    #expect(received == Array(0...9))
  }

  @Test(arguments: [1, 3])
  func `only a few results wait for a slow one`(jobs: Int) {
    let started = Atomic(0)
    WorkQueue.forEach(
      of: 400, jobs: jobs, { _ in started.add(1, ordering: .relaxed) },
      receiving: { number, _ in
        #expect(started.load(ordering: .relaxed) - number <= 8 * jobs)
        return true
      })
    #expect(started.load(ordering: .relaxed) == 400)
  }
}
