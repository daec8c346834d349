// swift-tools-version: 6.1
import PackageDescription

// Embedded Swift needs every module imported whose members a file uses; this makes the ordinary
// build need it too.
let engine: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Nabla",
  products: [
    .library(name: "Nabla", targets: ["Nabla"]),
    .executable(name: "nabla", targets: ["NablaTool"]),
    .executable(name: "nabla-benchmarks", targets: ["NablaBenchmarks"]),
    .executable(name: "nabla-campaigns", targets: ["NablaCampaignsTool"]),
  ],
  dependencies: [],
  targets: [
    .target(
      name: "NablaElementary",
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux, .android]))]),
    .target(name: "NablaNumbers", swiftSettings: engine),
    .target(name: "NablaExpressions", dependencies: ["NablaNumbers"], swiftSettings: engine),
    .target(
      name: "NablaNotation", dependencies: ["NablaNumbers", "NablaExpressions"],
      swiftSettings: engine),
    .target(
      name: "NablaRewriting",
      dependencies: ["NablaNumbers", "NablaExpressions", "NablaNotation"],
      swiftSettings: engine),
    .target(
      name: "NablaCalculus",
      dependencies: ["NablaNumbers", "NablaExpressions", "NablaRewriting"],
      swiftSettings: engine),
    .target(
      name: "NablaVerification",
      dependencies: [
        "NablaElementary", "NablaNumbers", "NablaExpressions", "NablaRewriting", "NablaCalculus",
      ],
      swiftSettings: engine),
    .target(
      name: "NablaRendering",
      dependencies: ["NablaNumbers", "NablaExpressions", "NablaNotation", "NablaRewriting"],
      swiftSettings: engine),
    .target(
      name: "NablaProblems",
      dependencies: [
        "NablaNumbers", "NablaExpressions", "NablaNotation", "NablaRewriting", "NablaCalculus",
        "NablaVerification", "NablaRendering",
      ],
      swiftSettings: engine),
    .target(name: "Nabla", dependencies: ["NablaProblems"], swiftSettings: engine),
    .executableTarget(name: "NablaTool", dependencies: ["Nabla"]),
    .executableTarget(
      name: "NablaBenchmarks",
      dependencies: [
        "NablaNumbers", "NablaExpressions", "NablaNotation", "NablaCalculus", "NablaVerification",
        "NablaRendering", "NablaProblems",
      ]),
    .target(
      name: "NablaCampaigns",
      dependencies: [
        "NablaElementary", "NablaExpressions", "NablaNotation", "NablaProblems",
        "NablaRendering", "NablaVerification",
      ],
      swiftSettings: engine),
    .executableTarget(
      name: "NablaCampaignsTool", dependencies: ["NablaCampaigns", "NablaNotation"]),
    .target(
      name: "NablaTestSupport", dependencies: ["Nabla", "NablaExpressions"],
      path: "Tests/NablaTestSupport"),
    .testTarget(
      name: "NablaNumbersTests", dependencies: ["NablaNumbers", "NablaTestSupport"],
      exclude: ["Data"]),
    .testTarget(
      name: "NablaExpressionsTests", dependencies: ["NablaExpressions", "NablaTestSupport"]),
    .testTarget(
      name: "NablaNotationTests", dependencies: ["NablaNotation", "NablaTestSupport"],
      exclude: ["Data"]),
    .testTarget(name: "NablaRewritingTests", dependencies: ["NablaRewriting", "NablaTestSupport"]),
    .testTarget(
      name: "NablaCalculusTests", dependencies: ["NablaCalculus", "NablaTestSupport"],
      exclude: ["Data"]),
    .testTarget(
      name: "NablaVerificationTests", dependencies: ["NablaVerification", "NablaTestSupport"],
      exclude: ["Data"]),
    .testTarget(
      name: "NablaRenderingTests", dependencies: ["NablaRendering", "NablaTestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "NablaProblemsTests", dependencies: ["NablaProblems", "NablaTestSupport"],
      exclude: ["Data", "Goldens", "Reports/Goldens"]),
    .testTarget(
      name: "NablaToolTests", dependencies: ["Nabla", "NablaTool", "NablaTestSupport"]),
    .testTarget(
      name: "NablaCampaignsTests",
      dependencies: ["NablaCampaigns", "NablaNotation", "NablaProblems"]),
  ]
)
