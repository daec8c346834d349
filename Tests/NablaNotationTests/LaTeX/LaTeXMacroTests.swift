import NablaNotation
import Testing

struct LaTeXMacroTests {
  private func table(_ macros: [(String, Int, String)]) -> MacroTable {
    var table = MacroTable()
    for (name, parameters, body) in macros {
      table.define(name, MacroTable.Macro(parameters: parameters, body: traced(body)))
    }
    return table
  }

  @Test func `a macro stands for its body`() {
    let macros = table([
      ("pd", 2, #"\frac{\partial #1}{\partial #2}"#), ("loss", 0, #"\mathcal{L}"#),
      ("relu", 0, #"\operatorname{ReLU}"#),
    ])
    #expect(reading(#"\pd{\loss}{w_1} = \relu(x)"#, macros: macros) == "dL/dw1 equal ReLU(x)")
  }

  @Test func `a first argument may be left out`() {
    var macros = MacroTable()
    macros.define(
      "d",
      MacroTable.Macro(parameters: 2, optional: traced("L"), body: traced(#"\frac{d #1}{d #2}"#)))
    #expect(reading(#"\d{x} + \d[M]{y}"#, macros: macros) == "dL/dx + dM/dy")
  }

  @Test func `an error in a body is shown at its call`() {
    let macros = table([("bad", 0, #"\foo"#)])
    #expect(reading(#"a + \bad"#, macros: macros) == "unreadable 4-8")
  }

  @Test(arguments: [
    [("a", 0, #"\a"#)], [("a", 0, #"\a\a"#)],
    [
      ("a", 0, #"\b\b\b\b\b\b\b\b\b\b"#), ("b", 0, #"\c\c\c\c\c\c\c\c\c\c"#),
      ("c", 0, #"\d\d\d\d\d\d\d\d\d\d"#), ("d", 0, #"\e\e\e\e\e\e\e\e\e\e"#),
      ("e", 0, #"\f\f\f\f\f\f\f\f\f\f"#),
    ],
    [("a", 1, "#1#1#1#1#1#1#1#1#1#1\\a{#1#1#1#1#1#1#1#1#1#1}")],
  ]) func `a macro that grows without end is refused`(_ macros: [(String, Int, String)]) {
    let text = reading(#"\a{xxxxxxxxxxxxxxxxxxxx}"#, macros: table(macros))
    #expect(text.hasPrefix("unreadable"))
  }
}
