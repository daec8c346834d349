import NablaNotation

extension Tool {
  func new(_ options: Options) throws(UsageError) -> Int32 {
    guard let path = options.arguments.first else {
      throw UsageError("the name of the new file is missing: nabla new sheet.md")
    }
    if options.arguments.count > 1 { throw UsageError("one file at a time") }
    if let problem = surroundings.writeFile(path, Array(Self.firstProblem.utf8), false) {
      message("nabla new: \(DisplayText.escaped(path, limit: 1000)): \(problem.reason)\n")
      return ExitStatus.usage
    }
    let name = DisplayText.escaped(path, limit: 1000)
    message("\(name) is written; next: nabla solve \(name)\n")
    return ExitStatus.success
  }

  /// A problem file that shows what a page may hold, and solves without a mistake.
  static let firstProblem = """
    # A first sheet

    This is a Markdown page. Its prose goes into the write-up, with mathematics between
    dollar signs, such as $z = w x + b$. The blocks marked `nabla` hold statements, one a line.

    ```nabla
    scalar w, x, b, t            # a name is declared or defined before it is used
    z = w*x + b                  # a product is always written with *
    p = sigmoid(z)
    L = (p - t)^2/2
    at w = 0.5, x = 2, b = -1, t = 1     # values, where you have any
    ```

    ## Forward and backward

    ```nabla
    forward L                    # every quantity on the way to L
    derive dL/dw                 # every step is shown, with its reason, and checked
    expect dL/dw = -0.25         # your own check: the run fails if it does not hold
    ```

    ## With indices

    A block sees what stands below its own heading and the headings around it.

    ```nabla
    index i, j, k = 1..N         # the number of classes N stays open
    vector h[N]
    P[j] = exp(h[j])/sum(k, exp(h[k]))
    derive dP[j]/dh[i]
    expect dP[j]/dh[i] = P[j]*(delta(i, j) - P[i])
    ```

    ## With vectors and matrices

    ```nabla
    vector a0[D], c[H], y[H]     # vectors are columns
    matrix V[H, D]
    a1 = tanh(V*a0 + c)          # V' is the transpose, .* multiplies entry by entry
    M = norm(a1 - y)^2/2
    gradient M by V, c as matrix, backward
    expect dM/dc = (a1 - y) .* (1 - a1.^2)
    ```

    """
}
