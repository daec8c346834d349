import NablaNumbers
import Testing

@Test func `integers keep one form at the edges of the machine word`() {
  let top = Integer(Int.max)
  let bottom = Integer(Int.min)
  #expect((top + 1) - 1 == top)
  #expect((top + 1).asInt == nil)
  #expect(((top + 1) - 1).asInt == Int.max)
  #expect((bottom - 1).asInt == nil)
  #expect(((bottom - 1) + 1).asInt == Int.min)
  #expect((-bottom).asInt == nil)
  #expect((-(-bottom)).asInt == Int.min)
  #expect(bottom.quotientAndRemainder(dividingBy: -1)?.quotient == top + 1)
  #expect(bottom.quotientAndRemainder(dividingBy: -1)?.remainder == 0)
}
