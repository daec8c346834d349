import NablaNotation

/// Reads a term from plain notation, as the rows of laws are written.
package struct TermReader {
  package struct Unreadable: Error {
    package let text: String
  }

  package static func term(_ text: String) throws(Unreadable) -> Term {
    let syntax: Syntax
    do throws(Diagnostic) {
      syntax = try parseExpression(
        SourceText(name: "law", text), known: KnownNames(undeclaredAreScalars: true))
    } catch {
      throw Unreadable(text: text + ": " + error.summary)
    }
    guard let term = TermReader().term(syntax) else { throw Unreadable(text: text) }
    return term
  }

  private func term(_ syntax: Syntax) -> Term? {
    switch syntax.kind {
    case .number(let digits): return Int(digits).map { .number($0) }
    case .name(let name):
      return Term(name == "pi" || name == "e" ? .constant(name) : .name(name))
    case .indexed(let base, let indices):
      guard case .name(let name) = base.kind, let names = self.names(indices) else { return nil }
      return Term(.entry(name, names))
    case .call(let call): return self.call(call)
    case .sum(let entries):
      var result: Term?
      for entry in entries {
        guard let part = term(entry.term) else { return nil }
        if let sum = result {
          result = entry.isNegative ? sum - part : sum + part
        } else {
          result = entry.isNegative ? -part : part
        }
      }
      return result
    case .product(let entries):
      var result: Term?
      for entry in entries {
        guard let part = term(entry.factor) else { return nil }
        result = result.map { entry.operation == .over ? $0 / part : $0 * part } ?? part
      }
      return result
    case .power(let base, let exponent):
      guard let below = term(base), let above = term(exponent) else { return nil }
      return below.power(above)
    case .negation(let inner): return term(inner).map { -$0 }
    case .binder(let binder): return self.binder(binder)
    case .indicator(let condition):
      guard let (relation, left, right) = comparison(condition) else { return nil }
      return Term(.indicator(relation), [left, right])
    case .piecewise(let branches, let otherwise):
      guard branches.count == 1, let (relation, left, right) = comparison(branches[0].condition),
        let value = term(branches[0].value), let rest = otherwise.flatMap({ term($0) })
      else { return nil }
      return Term(.piecewise(relation), [left, right, value, rest])
    case .derivative(let derivative):
      guard derivative.variables.count == 1, derivative.variables[0].order == 1,
        let body = term(derivative.subject),
        let variable = term(derivative.variables[0].variable)
      else { return nil }
      switch variable.head {
      case .name(let name): return Term(.derivative(name, []), [body])
      case .entry(let name, let indices): return Term(.derivative(name, indices), [body])
      default: return nil
      }
    default: return nil
    }
  }

  private func call(_ call: CallSyntax) -> Term? {
    let function = call.function.text
    if function == "delta" || function == "at" {
      let start = function == "at" ? 1 : 0
      guard call.arguments.count == start + 2,
        let names = self.names(Array(call.arguments[start...]))
      else { return nil }
      if start == 0 { return Term(.delta(names[0], names[1])) }
      return term(call.arguments[0]).map { Term(.at(names[0], names[1]), [$0]) }
    }
    var arguments: [Term] = []
    for argument in call.arguments {
      guard let part = term(argument) else { return nil }
      arguments.append(part)
    }
    return Term(.call(function, primes: call.primes), arguments)
  }

  private func binder(_ binder: BinderSyntax) -> Term? {
    guard var body = term(binder.body) else { return nil }
    for index in binder.indices.reversed() {
      guard index.bounds == nil, index.excluded.count <= 1,
        let excluded = names(index.excluded)
      else { return nil }
      let head: Term.Head =
        binder.operation == .sum
        ? .sum(index.name.text, except: excluded.first)
        : .product(index.name.text, except: excluded.first)
      body = Term(head, [body])
    }
    return body
  }

  private func names(_ list: [Syntax]) -> [String]? {
    var found: [String] = []
    for syntax in list {
      guard case .name(let name) = syntax.kind else { return nil }
      found.append(name)
    }
    return found
  }

  private func comparison(_ syntax: Syntax) -> (Term.Relation, Term, Term)? {
    guard case .comparison(let left, let operation, let right) = syntax.kind,
      let one = term(left), let other = term(right)
    else { return nil }
    let relation: Term.Relation =
      switch operation {
      case .equal: .equal
      case .notEqual: .notEqual
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      case .greater: .greater
      case .greaterOrEqual: .greaterOrEqual
      }
    return (relation, one, other)
  }
}
