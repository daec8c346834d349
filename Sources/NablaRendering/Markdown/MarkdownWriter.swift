extension Document {
  public func markdown() -> String { plain() }
}
