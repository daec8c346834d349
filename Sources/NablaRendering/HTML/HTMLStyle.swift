/// The style sheet of a page: light and dark, screen and paper, wide and narrow.
enum HTMLStyle {
  /// No scripts, no other files; only the style sheet of the page itself.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  static let sheet = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --ink: #1b1d22; --quiet: #585e6a; --line: #d9dce2; --shade: #f5f6f8;
      --accent: #1f4e9e; --frame: #7f9bc9; --wash: #f3f7fd;
      --good: #1b6b3a; --bad: #b3261e; --doubt: #7a5b00;
      --edge: #1b1d2233; --ground: var(--paper);
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15171b; --ink: #e4e6ea; --quiet: #a3a9b5; --line: #343841; --shade: #1e2127;
        --accent: #9dbff5; --frame: #5873a0; --wash: #1a2130;
        --good: #7fcf9b; --bad: #ff9a91; --doubt: #e2c06a;
        --edge: #000000aa;
      }
    }
    * { box-sizing: border-box; }
    html { font-size: 106.25%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
      font-family: "Source Serif 4", Charter, "Bitstream Charter", "Iowan Old Style",
        "Palatino Linotype", "STIX Two Text", Georgia, serif;
      overflow-wrap: anywhere;
    }
    .page { max-width: 49rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    header, nav, main { min-width: 0; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2.2rem 0 .7rem; text-wrap: balance; }
    h1 { font-size: 1.9rem; margin: .5rem 0 1.2rem; }
    h2 { font-size: 1.35rem; padding-top: .9rem; border-top: 1px solid var(--line); }
    h3 { font-size: 1.12rem; }
    h4, h5, h6 { font-size: 1rem; }
    p { margin: .7rem 0; }
    a { color: var(--accent); text-underline-offset: .15em; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus {
      left: 1rem; top: .5rem; z-index: 1; padding: .3rem .7rem; background: var(--paper);
    }
    main:focus { outline: none; }
    :target { scroll-margin-top: 1rem; }
    .result:target .box { border-color: var(--accent); }
    code, pre { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
    code { font-size: .88em; background: var(--shade); border-radius: 3px; padding: .05em .25em; }
    pre { background: var(--shade); padding: .7rem .9rem; border-radius: 4px; overflow-x: auto; }
    pre code { background: none; padding: 0; overflow-wrap: normal; }
    math {
      font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "STIX Math",
        "Noto Sans Math", math;
      font-size: 1.06em; overflow-wrap: normal;
    }
    math[display="block"] { margin: 0; width: fit-content; text-align: start; }
    mtable.cases mtd { text-align: start; }
    .emphasis { color: var(--accent); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .scroll {
      overflow: auto hidden; min-width: 0; max-width: 100%; padding-block: .25rem;
      background:
        linear-gradient(to left, var(--ground) 50%, transparent) right -2px top -1px / 2rem
          calc(100% + 2px) no-repeat local,
        linear-gradient(to left, var(--edge), transparent) right / .6rem 100% no-repeat scroll;
    }
    .wide {
      display: inline-block; vertical-align: middle; max-width: 100%; overflow: auto hidden;
    }
    .joined { white-space: nowrap; }
    .continued { padding-inline-start: 2rem; padding-top: .35rem; }
    .display { margin: .7rem 0 .7rem 1.5rem; }
    .unseen {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap;
    }
    .words, .path { color: var(--quiet); }
    .lead { margin-top: 1.4rem; }

    nav { border: 1px solid var(--line); border-radius: 4px; padding: .7rem 1rem; }
    nav { margin-bottom: 1.5rem; font-size: .9rem; }
    nav h2 {
      border: 0; margin: 0; padding: 0; font-size: .8rem; color: var(--quiet);
      font-weight: normal; letter-spacing: .04em;
    }
    nav ol { list-style: none; margin: .3rem 0 0; padding: 0; }
    nav li { margin: .25rem 0; line-height: 1.35; }
    nav .part { padding-inline-start: 1rem; }
    nav a { color: inherit; text-decoration-color: var(--line); }
    nav a:hover { color: var(--accent); text-decoration-color: currentColor; }

    details { margin: .6rem 0; }
    summary { cursor: pointer; width: fit-content; max-width: 100%; color: var(--quiet); }
    summary:hover { color: var(--accent); }
    .steps > summary { font-size: .9rem; }
    .aside { margin-inline-start: 1.5rem; }
    .aside > .derivation { margin-inline-start: 1rem; }

    ol.derivation, ol.forward, ul.values, ul.remarks, ol.marking {
      list-style: none; padding: 0;
    }
    .derivation {
      display: grid; margin: .7rem 0 .7rem 1.5rem; row-gap: .35rem; column-gap: .5rem;
      grid-template-columns: auto auto minmax(0, 1fr) fit-content(13rem); align-items: baseline;
    }
    .derivation.bare { grid-template-columns: auto auto minmax(0, 1fr); }
    .derivation > li { display: contents; }
    .left { grid-column: 1; }
    .left.whole { grid-column: 1 / -1; }
    .derivation .relation { grid-column: 2; }
    .right { grid-column: 3; }
    .right.long { grid-column: 3 / -1; }
    .bare .right { grid-column: 3; }
    .relation { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", serif; }
    .reason {
      grid-column: 4; font-size: .86rem; line-height: 1.4; color: var(--quiet);
      padding-inline-start: .5rem;
    }
    .reason.below { grid-column: 3 / -1; justify-self: end; margin-bottom: .4rem; }
    .parts { grid-column: 3 / -1; margin: 0 0 .4rem; font-size: .9rem; }
    .parts .derivation { margin: .2rem 0; }

    .result { margin: .9rem 0 .9rem 1.5rem; }
    .boxed { display: flex; align-items: center; gap: 1rem; justify-content: space-between; }
    .box {
      --ground: var(--wash);
      border: 1.5px solid var(--frame); background-color: var(--wash); border-radius: 4px;
      padding: .55rem .9rem; width: fit-content;
    }
    .number {
      color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap; flex: none;
    }
    .also { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
    .also { margin-top: .5rem; }

    .remarks { margin: .7rem 0; font-size: .9rem; }
    .remarks li { display: flex; gap: .5rem; margin: .2rem 0; color: var(--quiet); }
    .remarks li > span:last-child { min-width: 0; }
    .remarks .note { display: block; }
    .mark { font-family: "DejaVu Sans", "Segoe UI Symbol", sans-serif; flex: none; }
    .passed .mark { color: var(--good); }
    .failed .mark, .remarks .failed { color: var(--bad); }
    .undecided .mark { color: var(--doubt); }

    .values {
      display: flex; flex-wrap: wrap; gap: .2rem 1.8rem; align-items: center;
      margin: .7rem 0 .7rem 1.5rem;
    }
    .forward {
      display: grid; margin: .7rem 0 .7rem 1.5rem; gap: .35rem .5rem; align-items: baseline;
      width: fit-content; max-width: 100%;
    }
    .forward > li { display: contents; }
    .cell { display: flex; gap: .5rem; align-items: baseline; min-width: 0; }
    .columns-2 { grid-template-columns: repeat(3, auto); }
    .columns-3 { grid-template-columns: repeat(4, auto); }
    .columns-4 { grid-template-columns: repeat(5, auto); }
    .columns-5 { grid-template-columns: repeat(6, auto); }
    .columns-6 { grid-template-columns: repeat(7, auto); }
    .forward.stacked { grid-template-columns: auto minmax(0, 1fr); }
    .forward.stacked .cell { grid-column: 2; }
    .forward.stacked .none { display: none; }

    table { border-collapse: collapse; margin: .3rem 0; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .8rem; text-align: start; border-bottom: 1px solid var(--line); }
    thead th, thead td { border-bottom: 2px solid var(--line); }
    .scroll > table { overflow-wrap: normal; }

    .marking > li {
      display: grid; gap: .1rem .7rem; padding: .4rem .3rem; align-items: baseline;
      grid-template-columns: 2rem minmax(0, 11fr) 1.2rem minmax(0, 9fr);
      border-bottom: 1px solid var(--line);
    }
    .marking .number { text-align: end; font-size: .8rem; }
    .marking .failed {
      --ground: color-mix(in srgb, var(--bad) 6%, var(--paper)); background: var(--ground);
    }
    .marking .verdict { text-align: center; }
    .marking .content > span { color: var(--quiet); font-size: .9rem; }
    .marking .content code { background: none; padding: 0; overflow-wrap: anywhere; }
    .comments { font-size: .88rem; line-height: 1.45; min-width: 0; }
    .comments p { margin: 0 0 .15rem; }

    @media (min-width: 74rem) {
      .page:has(nav) {
        max-width: 66rem; display: grid; grid-template-columns: 13rem minmax(0, 1fr);
        column-gap: 3rem;
      }
      .page:has(nav) > header, .page:has(nav) > main { grid-column: 2; }
      .page:has(nav) > nav {
        grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 1.5rem; align-self: start;
        max-height: calc(100vh - 3rem); overflow-y: auto; border: 0; padding: .8rem 0;
      }
    }
    @media (max-width: 40rem) {
      html { font-size: 100%; }
      h1 { font-size: 1.55rem; }
      .display, .derivation, .result, .values, .forward { margin-inline-start: 0; }
      .aside, .aside > .derivation { margin-inline-start: 0; }
      .derivation { grid-template-columns: auto auto minmax(0, 1fr); }
      .reason, .reason.below {
        grid-column: 3; justify-self: start; padding: 0; margin: -.2rem 0 .6rem;
      }
      .derivation.broad { grid-template-columns: auto minmax(0, 1fr); }
      .broad .left, .broad .left.whole { grid-column: 1 / -1; overflow: auto hidden; }
      .derivation.broad .relation { grid-column: 1; padding-inline-start: .8rem; }
      .broad .right, .broad .reason, .broad .reason.below, .broad .parts { grid-column: 2; }
      .forward, .forward.stacked { grid-template-columns: auto minmax(0, 1fr); width: auto; }
      .forward .cell { grid-column: 2; }
      .forward .none { display: none; }
      .marking > li { grid-template-columns: 1.6rem minmax(0, 1fr) 1.2rem; }
      .marking .comments { grid-column: 2; }
    }
    @media print {
      @page { margin: 18mm; }
      :root {
        --paper: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --shade: #f4f4f4;
        --accent: #000000; --frame: #000000; --wash: #ffffff;
        --good: #000000; --bad: #000000; --doubt: #000000;
      }
      html { font-size: 10.5pt; }
      .page, .page:has(nav) { display: block; max-width: none; padding: 0; }
      nav, .skip { display: none; }
      details::details-content { content-visibility: visible; display: block; height: auto; }
      summary { list-style: none; }
      summary::-webkit-details-marker { display: none; }
      .steps > summary { display: none; }
      .scroll, .wide, pre { overflow: visible; background: none; }
      .result, .display, .derivation > li > *, .remarks li { break-inside: avoid; }
      h1, h2, h3, h4, .lead, summary { break-after: avoid; }
      a { text-decoration: none; }
    }

    """
}
