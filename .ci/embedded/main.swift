// The functions through which a page calls Nabla: text in, text out, all in linear memory.

import Nabla
import NablaElementary

/// Reserves bytes for a request; `nabla_release` takes them back.
@_expose(wasm, "nabla_allocate")
@_cdecl("nabla_allocate")
public func allocate(count: Int) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 8)
}

/// Takes back what `nabla_allocate` or `nabla_answer` gave.
@_expose(wasm, "nabla_release")
@_cdecl("nabla_release")
public func release(block: UnsafeMutableRawPointer) {
  block.deallocate()
}

/// Answers a request in UTF-8 with a block: the length in four bytes, then that much UTF-8.
@_expose(wasm, "nabla_answer")
@_cdecl("nabla_answer")
public func answer(request: UnsafeRawPointer, count: Int) -> UnsafeMutableRawPointer {
  let bytes = UnsafeRawBufferPointer(start: request, count: count)
  let text = Array(reply(to: String(decoding: bytes, as: UTF8.self)).utf8)
  let block = allocate(count: text.count + 4)
  block.storeBytes(of: UInt32(text.count), as: UInt32.self)
  for (place, byte) in text.enumerated() {
    block.storeBytes(of: byte, toByteOffset: place + 4, as: UInt8.self)
  }
  return block
}

/// One derivation in full, and what the engine needs of the platform to work without a C library.
func reply(to request: String) -> String {
  let parts = request.split(separator: ";")
  var lines: [String] = []
  if parts.count == 2 {
    let writeUp = derive(String(parts[0]), by: [String(parts[1])])
    lines += writeUp.messages
    lines.append(writeUp.terminal(width: 80))
    lines.append(writeUp.verdict == .passed ? "passed" : "not passed")
  }
  lines += integers()
  lines.append("decimals " + (0.1 + 0.2).description + " " + (1.0 / 3).description)
  for (name, value) in elementary(at: 0.5) {
    lines.append(name + " " + Int64((value * 1e12).rounded()).description)
  }
  return lines.joined(separator: "\n")
}

func integers() -> [String] {
  var factorial: UInt128 = 1
  for factor in 1...30 as ClosedRange<UInt128> { factorial *= factor }
  let prime: UInt128 = 1_000_000_007
  let wide: UInt128 = prime << 64 | 12345
  let (negative, negativeWide) = (-Int128(factorial), -Int128(wide))
  return [
    "30! \(factorial)",
    "quotients \(factorial / prime) \(factorial / wide)",
    "remainders \(factorial % prime) \(factorial % wide)",
    "signed \(negative / 98765) \(negativeWide % 98765)",
    "shifts \(factorial >> 37) \(negativeWide >> 70)",
  ]
}

/// Values of the elementary functions; hosts may differ in the last digits.
func elementary(at x: Double) -> [(String, Double)] {
  [
    ("exp", exp(x)), ("log", log(x)), ("sqrt", sqrt(x)), ("pow", pow(x, 3)),
    ("sin", sin(x)), ("cos", cos(x)), ("tan", tan(x)),
    ("asin", asin(x)), ("acos", acos(x)), ("atan", atan(x)),
    ("sinh", sinh(x)), ("cosh", cosh(x)), ("tanh", tanh(x)),
    ("asinh", asinh(x)), ("acosh", acosh(x + 1)), ("atanh", atanh(x)),
    ("erf", erf(x)), ("expm1", expm1(x)), ("log1p", log1p(x)),
    ("floor", floor(x)), ("fabs", fabs(-x)),
  ]
}
