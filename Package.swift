// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Nabla",
  products: [
    .library(name: "Nabla", targets: ["Nabla"]),
    .executable(name: "nabla", targets: ["NablaTool"]),
    .executable(name: "nabla-benchmarks", targets: ["NablaBenchmarks"]),
  ],
  dependencies: [],
  targets: [
    .target(
      name: "NablaElementary",
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux, .android]))]),
    .target(name: "NablaNumbers"),
    .target(name: "NablaExpressions", dependencies: ["NablaNumbers"]),
    .target(name: "NablaNotation", dependencies: ["NablaExpressions"]),
    .target(name: "NablaRewriting", dependencies: ["NablaNotation"]),
    .target(name: "NablaCalculus", dependencies: ["NablaRewriting"]),
    .target(name: "NablaVerification", dependencies: ["NablaElementary", "NablaCalculus"]),
    .target(name: "NablaRendering", dependencies: ["NablaNotation", "NablaRewriting"]),
    .target(
      name: "NablaProblems",
      dependencies: ["NablaCalculus", "NablaVerification", "NablaRendering"]),
    .target(name: "Nabla", dependencies: ["NablaProblems"]),
    .executableTarget(name: "NablaTool", dependencies: ["Nabla"]),
    .executableTarget(name: "NablaBenchmarks", dependencies: ["NablaCalculus"]),
    .target(name: "NablaTestSupport", dependencies: ["Nabla"], path: "Tests/NablaTestSupport"),
    .testTarget(
      name: "NablaNumbersTests", dependencies: ["NablaNumbers", "NablaTestSupport"],
      exclude: ["Data"]),
    .testTarget(
      name: "NablaExpressionsTests", dependencies: ["NablaExpressions", "NablaTestSupport"]),
    .testTarget(name: "NablaNotationTests", dependencies: ["NablaNotation", "NablaTestSupport"]),
    .testTarget(name: "NablaRewritingTests", dependencies: ["NablaRewriting", "NablaTestSupport"]),
    .testTarget(
      name: "NablaCalculusTests", dependencies: ["NablaCalculus", "NablaTestSupport"],
      exclude: ["Data"]),
    .testTarget(
      name: "NablaVerificationTests", dependencies: ["NablaVerification", "NablaTestSupport"]),
    .testTarget(
      name: "NablaRenderingTests", dependencies: ["NablaRendering", "NablaTestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "NablaProblemsTests", dependencies: ["NablaProblems", "NablaTestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "NablaToolTests", dependencies: ["Nabla", "NablaTool", "NablaTestSupport"]),
  ]
)
