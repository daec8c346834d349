import Testing

@testable import NablaVerification

private let arrays = "index i, j, k = 1..N; vector h[N], y[N], x[N]; matrix W[N, N]"
private let batch = """
  matrix X[N, D], W[D, H], V[H, C]; matrix Y[N, C] one-hot; vector v[N], u[C]; \
  index n = 1..N; index c = 1..C; index d = 1..D; index h = 1..H; \
  Q = tanh(X*W); P = softmax(Q*V)
  """
private let classes =
  "index i, j = 1..K; class y = 1..K; scalar m positive; vector o[K]; p = softmax(o)"

@Suite struct `Sums in proofs` {
  @Test(arguments: [
    DecidedEquation("sum(k != i, h[k])", "sum(k, h[k]) - h[i]", "proved", given: arrays),
    DecidedEquation("product(k, exp(h[k]))", "exp(sum(k, h[k]))", "proved", given: arrays),
    DecidedEquation("sum(k, 1)", "N", "proved", given: arrays),
    DecidedEquation("sum(k, abs(h[k]))", "sum(k, h[k])", "refuted", given: arrays),
    DecidedEquation("sum(k, sign(h[k])^2)", "N", "refuted", given: arrays),
    DecidedEquation("sum(k, h[k]/h[k])", "N", "proved", given: arrays),
    DecidedEquation("sum(k, h[k]*x[k])", "sum(k, h[k])*sum(k, x[k])", "refuted", given: arrays),
    DecidedEquation("sum(k, sqrt(h[k]^2))", "sum(k, abs(h[k]))", "proved", given: arrays),
    DecidedEquation(
      "sum(i, sum(j, W[i,j]*x[i]*x[j]))", "sum(j, x[j]*sum(i, x[i]*W[i,j]))",
      "proved", given: arrays),
    DecidedEquation(
      "sum(i, sum(j, W[i,j]*x[i]*x[j]))", "sum(j, x[j]*sum(i, x[i]*W[j,i]))",
      "proved", given: arrays),
    DecidedEquation("sum(j, W[i,j]*x[j])", "sum(j, W[j,i]*x[j])", "refuted", given: arrays),
    DecidedEquation("h[i]", "h[j]", "refuted", given: arrays),
    DecidedEquation("delta(i, j)*h[i]", "delta(i, j)*h[j]", "proved", given: arrays),
    DecidedEquation("sum(k, delta(i, k)*delta(k, j))", "delta(i, j)", "proved", given: arrays),
    DecidedEquation("sum(k, log(h[k]^2))", "2*sum(k, log(abs(h[k])))", "proved", given: arrays),
    DecidedEquation("log(product(k, exp(h[k])))", "sum(k, h[k])", "proved", given: arrays),
    DecidedEquation(
      "sum(k, (h[k] - x[k])^2)/N", "sum(k, h[k]^2 - 2*h[k]*x[k] + x[k]^2)/N",
      "proved", given: arrays),
    DecidedEquation("diff(sum(k, h[k]^2), h[i])", "2*h[i]", "proved", given: arrays),
    DecidedEquation("diff(sum(k, ReLU(h[k])), h[i])", "step(h[i])", "proved", given: arrays),
    DecidedEquation(
      "diff(sqrt(sum(k, h[k]^2)), h[i])", "h[i]/sqrt(sum(j, h[j]^2))", "proved",
      given: arrays),
    DecidedEquation(
      "sum(k, exp(h[k])*log(x[k]))", "sum(k, exp(h[k]))*sum(k, log(x[k]))", "refuted",
      given: arrays),
    DecidedEquation(
      "sum(k, 1/(1 + exp(-h[k])))", "sum(k, exp(h[k])/(1 + exp(h[k])))", "proved",
      given: arrays),
    DecidedEquation("N", "1", "refuted", given: arrays),
    DecidedEquation(
      "sum(k, y[k]^2)", "1", "proved",
      given: "index k = 1..N; vector y[N] one-hot"),
    DecidedEquation(
      "sum(k, y[k]^2)", "1", "refuted",
      given: "index k = 1..N; vector y[N] probability"),
    DecidedEquation("N*h[i]", "h[i]", "refuted", given: arrays),
    DecidedEquation("abs(N)", "N", "proved", given: arrays),
    DecidedEquation("sign(N)", "1", "proved", given: arrays),
    DecidedEquation(
      "sum(n, sum(c, Y[n,c]*v[n]))", "sum(n, v[n])", "proved", given: batch),
    DecidedEquation(
      "sum(Y .* (v*u'))", "sum(n, v[n]*sum(c, Y[n,c]*u[c]))", "proved", given: batch),
    DecidedEquation(
      "sum(n, sum(c, Y[n,c]*u[c]))", "sum(c, u[c])", "refuted", given: batch),
    DecidedEquation(
      "diff(-sum(Y .* log(P)), W[d,h])",
      "sum(n, X[n,d]*sum(c, V[h,c]*(P[n,c] - Y[n,c]))*(1 - Q[n,h]^2))", "proved", given: batch),
    DecidedEquation(
      "diff(-sum(Y .* log(P)), W[d,h])",
      "sum(n, X[n,d]*sum(c, V[h,c]*(P[n,c] - Y[n,c]))*(1 + Q[n,h]^2))", "refuted", given: batch),
    DecidedEquation(
      "sum(k, (2 + h[k] + x[k])/((h[k] + 1)*(x[k] + 1)))",
      "sum(k, 1/(h[k] + 1)) + sum(k, 1/(x[k] + 1))", "proved", given: arrays),
    DecidedEquation(
      "sum(k, (2 + h[k] + x[k])/((h[k] + 1)*(x[k] + 1)))",
      "sum(k, 1/(h[k] + 1)) + sum(k, 2/(x[k] + 1))", "refuted", given: arrays),
    DecidedEquation(
      "sum(k, h[k]/(h[k] + x[k]))*y[i] + sum(k, x[k]/(h[k] + x[k]))*y[i]", "N*y[i]", "proved",
      given: arrays),
    DecidedEquation(
      "sum(k, h[k]/(h[k] + x[k]))*y[i] + sum(k, x[k]/(h[k] + x[k]))*y[j]", "N*y[i]", "refuted",
      given: arrays),
    DecidedEquation(
      "delta(i, j)*1[h[i] + x[j] > 0]", "delta(i, j)*1[h[j] + x[i] > 0]", "proved", given: arrays),
    DecidedEquation(
      "1[p[j] - p[y] + m > 0] - delta(j, y)", "1[j != y]*1[p[j] - p[y] + m > 0]", "proved",
      given: classes),
    DecidedEquation(
      "1[p[j] - p[y] - m > 0] - delta(j, y)", "1[j != y]*1[p[j] - p[y] - m > 0]", "refuted",
      given: classes),
    DecidedEquation(
      "sum(i, 1[p[i] - p[y] + m > 0])", "1 + sum(i != y, 1[p[i] - p[y] + m > 0])", "proved",
      given: classes),
  ])
  func `an equation between sums is decided`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }
}
