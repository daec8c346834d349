import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.isEmpty {
  for workload in Workload.all { workload.run() }
} else if let workload = Workload(arguments) {
  workload.run()
} else {
  print(Workload.usage)
  exit(64)
}
