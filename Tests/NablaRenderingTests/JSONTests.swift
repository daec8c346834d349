import NablaRendering
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "-1.5e+3", "\"a\\\"b\\\\c\\n\"", "[]", "{}", "[1, [2, {\"a\": null}]]",
    "{\"b\": 1, \"a\": [true, false]}", "\"é字😀\"",
  ])
  func `a value is written as it was read`(text: String) throws {
    #expect(try JSONValue(parsing: text).text() == text)
  }

  @Test(arguments: [
    "", "nul", "01", "1.", "[1,]", "{\"a\"}", "{a: 1}", "\"", "\"\\x\"", "\"\\u12\"", "1 2",
    "\"\n\"",
    "+1", "-", "[", "{\"a\": 1,}", "'a'", "1e", "--1",
  ])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
  }

  @Test func `escapes are read`() throws {
    #expect(
      try JSONValue(parsing: "\"\\u0041\\ud83d\\ude00\\ud800\\/\\t\"") == .string("A😀\u{FFFD}/\t"))
  }

  @Test func `control characters are escaped`() {
    #expect(JSONValue.string("\u{1}\u{1F}\t").text() == "\"\\u0001\\u001f\\t\"")
  }

  @Test func `deep nesting is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
  }

  @Test func `indented JSON reads back the same`() throws {
    let value = JSONValue.object([
      ("version", .integer(1)), ("left-out", nil), ("goal", .formula(.name("w1"))),
      ("steps", .array([.null, .array([])])),
    ])
    #expect(try JSONValue(parsing: value.text(isIndented: true)) == value)
    #expect(value["goal"]?["latex"] == .string("w_1"))
  }
}
