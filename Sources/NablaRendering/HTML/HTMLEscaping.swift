/// Text made harmless and visible inside HTML elements and attribute values.
enum HTMLEscaping {
  static func write(_ text: String, to out: inout TextBuffer) {
    let harmless = DisplayWidth.harmless(text)
    for byte in harmless.utf8 {
      switch byte {
      case 0x26: out.write("&amp;")
      case 0x3C: out.write("&lt;")
      case 0x3E: out.write("&gt;")
      case 0x22: out.write("&quot;")
      case 0x27: out.write("&#39;")
      default: out.bytes.append(byte)
      }
    }
  }

  static func escaped(_ text: String) -> String {
    var out = TextBuffer()
    write(text, to: &out)
    return out.text
  }
}
