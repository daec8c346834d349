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

@Test(arguments: ["", "-", "+", "--1", "1-", " 1", "1 ", "0x1", "1_000", "1.0", "1e3", "１", "−1"])
func `only digits after a sign are read as an integer`(text: String) {
  #expect(Integer(text) == nil)
}

@Test func `signs, zeros and slices are read`() {
  #expect(Integer("-0") == 0)
  #expect(Integer("+007") == 7)
  #expect(Integer("x = -12;".dropFirst(4).dropLast()) == -12)
  #expect(Integer(String(repeating: "0", count: 5_000)) == 0)
}

@Test func `powers stop at the limit of bits`() {
  #expect(Integer(2).power(99, bitLimit: 100) == Integer(1) << 99)
  #expect(Integer(2).power(100, bitLimit: 100) == nil)
  #expect(Integer(3).power(63, bitLimit: 100) != nil)
  #expect(Integer(3).power(64, bitLimit: 100) == nil)
  #expect(Integer(3).power(Int.max, bitLimit: 1_000) == nil)
  #expect(Integer(2).power(Int.max, bitLimit: Int.max) == nil)
  #expect(Integer(-1).power(Int.max, bitLimit: 1) == -1)
  #expect(Integer(0).power(Int.max, bitLimit: 0) == 0)
  #expect(Integer(0).power(0, bitLimit: 1) == 1)
  #expect(Integer(5).power(-1, bitLimit: 100) == nil)
  #expect(Integer(5).power(0, bitLimit: 0) == nil)
  #expect(Integer(5).power(1, bitLimit: -3) == nil)
}

@Test func `roots outside their domain are nil`() {
  #expect(Integer(-4).squareRoot() == nil)
  #expect(Integer(-4).root(2) == nil)
  #expect(Integer(8).root(0) == nil)
  #expect(Integer(8).root(-3) == nil)
  #expect(Integer(8).root(Int.max) == nil)
  #expect(Integer(0).root(5) == 0)
  #expect(Integer(-1).root(Int.max) == -1)
  #expect(Integer(Int.min).root(UInt.bitWidth - 1) == -2)
}

@Test func `shifts by any count to the right are defined`() {
  let value = Integer(-5) << 200
  #expect(value >> Int.max == 0)
  #expect(value << Int.min == 0)
  #expect(value >> 200 == -5)
  #expect(Integer(-5) >> 1 == -2)
  #expect(Integer(0) << Int.max == 0)
  #expect(Integer(0) >> Int.min == 0)
}

@Test func `signs, parities and widths are those of the value`() {
  let large = Integer(1) << 100
  #expect([large.signum, (-large).signum, Integer(0).signum] == [1, -1, 0])
  #expect([large.isOdd, (large + 1).isOdd, (-large - 1).isOdd] == [false, true, true])
  #expect([large.bitWidth, (-large).bitWidth, Integer(0).bitWidth] == [101, 101, 0])
  #expect([large.isOne, Integer(1).isOne, Integer(-1).isOne] == [false, true, false])
  #expect([(-large).isNegative, large.isNegative, Integer(0).isZero] == [true, false, true])
  #expect((-large).magnitude == large)
}
