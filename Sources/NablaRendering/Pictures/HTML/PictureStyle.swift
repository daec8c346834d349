/// The style sheet of pictures: the colours of the page, and lines that differ without colour.
enum PictureStyle {
  static let sheet = """

    .picture { margin: 1rem 0 1rem 1.5rem; }
    .picture svg { display: block; }
    .picture text {
      fill: var(--ink); text-anchor: middle;
      font-family: "STIX Two Text", "Latin Modern Roman", Cambria, "Times New Roman", Georgia, serif;
    }
    .picture .adjoint { fill: var(--accent); }
    .picture .label { fill: var(--quiet); }
    .picture .end { text-anchor: end; }
    .picture .start { text-anchor: start; }
    .picture rect { fill: var(--paper); stroke: var(--quiet); }
    .picture .given { stroke: var(--line); }
    .picture .asked { fill: var(--shade); }
    .picture .final { stroke: var(--ink); stroke-width: 1.8; }
    .picture path { fill: none; stroke: var(--quiet); }
    .picture .plain { stroke-dasharray: 4 3; opacity: .7; }
    .picture .tip { fill: var(--quiet); stroke: none; }
    .picture .zero { stroke: var(--line); }
    .picture .curve { stroke: var(--ink); stroke-width: 1.7; stroke-linejoin: round; }
    .picture .line-1 { stroke: var(--accent); stroke-dasharray: 7 4; }
    .picture .line-2 { stroke: var(--bad); stroke-dasharray: 2 3; stroke-width: 2; }
    .picture .line-3 { stroke: var(--good); stroke-dasharray: 9 3 2 3; }
    .picture .line-4 { stroke: var(--doubt); stroke-dasharray: 12 5; }
    .picture .line-5 { stroke: var(--quiet); stroke-dasharray: 1 5; stroke-width: 2; }
    .picture .dot { fill: var(--ink); }
    .picture .limit { fill: var(--paper); stroke: var(--ink); stroke-width: 1.3; }
    .picture .scroll + .scroll { margin-top: .7rem; }
    .picture .narrow { display: none; }
    .plot > svg { width: 100%; max-width: 31rem; height: auto; }
    .legend {
      list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: .4rem 0;
      padding: 0;
    }
    .legend li { display: flex; gap: .6rem; align-items: center; min-width: 0; }
    .legend svg { flex: none; }
    .legend span { min-width: 0; }
    figcaption { margin-top: .5rem; font-size: .9rem; color: var(--quiet); }
    @media (max-width: 48rem) { .picture { margin-inline-start: 0; } }
    @media screen and (max-width: 34rem) {
      .picture .roomy { display: none; }
      .picture .narrow { display: block; }
    }
    @media print {
      .picture, .picture > .scroll { break-inside: avoid; }
      .picture:has(.scroll + .scroll) { break-inside: auto; }
      figcaption { break-before: avoid; }
    }

    """
}
