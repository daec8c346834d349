import Foundation
import NablaCampaigns

let usage = """
  nabla-campaigns pairs [--count N] [--from K] [--seed S] [--kind scalar|indexed|all]
                        [--conditions] [--report [--open N]]
  nabla-campaigns laws
  nabla-campaigns mutants [--count N] [--from K] [--seed S] [--list] FOLDER…

  pairs  puts pairs of expressions of known truth to the prover; status 1 if one was misjudged.
         Pair number K is the same however many are run: two processes share the work by --from.
  laws   puts every law to the prover as it stands, and shows those that it leaves undecided.
  mutants  judges right submissions with one change in each; status 1 if a wrong line was missed or
         a right one refuted. A folder has a table expected.tsv of its submissions.

  """

func status(of list: [String]) -> Int32 {
  var arguments = Arguments(Array(list.dropFirst()))
  do throws(Arguments.Failure) {
    switch list.first {
    case "pairs": return try PairsCommand(&arguments).run()
    case "mutants": return try MutantsCommand(&arguments).run()
    case "laws":
      try arguments.finish()
      for line in LawProbe().openLaws() { print(line) }
      return 0
    case "--help":
      print(usage, terminator: "")
      return 0
    default: throw Arguments.Failure(message: "no command \(list.first ?? "given")")
    }
  } catch {
    FileHandle.standardError.write(Data("nabla-campaigns: \(error.message)\n\(usage)".utf8))
    return 2
  }
}

exit(status(of: Array(CommandLine.arguments.dropFirst())))
