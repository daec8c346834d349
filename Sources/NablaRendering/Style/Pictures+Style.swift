extension StylePass {
  mutating func restyle(_ graph: ComputationGraph) -> ComputationGraph {
    var shown = graph
    shown.subject = graph.subject.map { restyle($0) }
    for place in shown.nodes.indices {
      shown.nodes[place].name = restyle(graph.nodes[place].name)
      shown.nodes[place].value = graph.nodes[place].value.map { restyle($0) }
      shown.nodes[place].adjoint = graph.nodes[place].adjoint.map { restyle($0) }
    }
    for place in shown.edges.indices {
      shown.edges[place].derivative = graph.edges[place].derivative.map { restyle($0) }
      shown.edges[place].number = graph.edges[place].number.map { restyle($0) }
    }
    return shown
  }

  mutating func restyle(_ plot: Plot) -> Plot {
    var shown = plot
    shown.horizontal = restyle(plot.horizontal)
    shown.vertical = plot.vertical.map { restyle($0) }
    for place in shown.curves.indices {
      shown.curves[place].name = restyle(plot.curves[place].name)
    }
    return shown
  }
}
