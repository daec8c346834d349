/// What the reader does with a command.
enum LaTeXCommand: Sendable {
  case letter(String)
  case function(String)
  case relation(RelationChain.Relation)
  case token(LaTeXToken.Kind, UInt8)
  /// A bracket that opens or closes by itself, such as `\lvert`.
  case bracket(LaTeXToken.Kind, LaTeXDelimiter)
  /// `\left`, `\bigl`; `\right`, `\bigr`; `\big`.
  case opening, closing, sizing
  case accent(String)
  /// `\mathbb` and `\mathbf`.
  case blackboard, bold
  /// The argument is words.
  case words(LaTeXWord)
  case remark(String)
  case begin, end
  /// Nothing is left of the command, its arguments stay.
  case skip
  /// The command and so many arguments go.
  case drop(Int)
  case wideSpace
  case wideSpaceWithArgument
  /// `\sim`, which says how something is distributed.
  case distributed
  /// `\mathcal`, which makes a density of an N.
  case calligraphic
  case unsupported
}

extension LaTeXCommand {
  static func named(_ name: String) -> LaTeXCommand? { table[name] }

  private static let table: [String: LaTeXCommand] = {
    var table: [String: LaTeXCommand] = [:]
    for name in words(greek) { table[name] = .letter(name) }
    for entry in letters { table[entry.0] = .letter(entry.1) }
    for name in BuiltInNames.elementwise { table[name] = .function(name) }
    for entry in functionWords + foreignFunctions { table[entry.word] = .function(entry.name) }
    for group in groups {
      for name in words(group.names) { table[name] = group.command }
    }
    return table
  }()

  /// The words between blanks.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      if byte != 0x20 {
        word.append(byte)
      } else if !word.isEmpty {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  private static let greek =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    + "sigma tau upsilon phi chi psi omega Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota "
    + "Kappa Lambda Mu Nu Xi Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega ell"

  private static let letters: [(String, String)] = [
    ("varepsilon", "epsilon"), ("vartheta", "theta"), ("varphi", "phi"), ("varrho", "rho"),
    ("varsigma", "sigma"), ("varpi", "pi"), ("varkappa", "kappa"), ("infty", "infinity"),
    ("imath", "i"), ("jmath", "j"), ("hbar", "hbar"),
  ]

  /// Words that are read as functions, with or without a backslash.
  static let functionWords: [(word: String, name: String)] = [
    ("ln", "log"), ("log", "log"), ("arcsin", "asin"), ("arccos", "acos"), ("arctan", "atan"),
    ("arccot", "acot"), ("arsinh", "asinh"), ("arcosh", "acosh"), ("artanh", "atanh"),
    ("arcsinh", "asinh"), ("arccosh", "acosh"), ("arctanh", "atanh"), ("sgn", "sign"),
    ("relu", "ReLU"), ("Relu", "ReLU"), ("RELU", "ReLU"), ("logistic", "sigmoid"),
    ("Sigmoid", "sigmoid"), ("Softmax", "softmax"), ("SoftMax", "softmax"), ("tg", "tan"),
    ("Softplus", "softplus"), ("max", "max"), ("min", "min"), ("det", "det"), ("tr", "trace"),
    ("Tr", "trace"), ("trace", "trace"), ("diag", "diag"), ("softmax", "softmax"),
    ("norm", "norm"), ("mean", "mean"), ("inv", "inv"), ("dot", "dot"), ("outer", "outer"),
    ("onehot", "onehot"), ("Exp", "exp"), ("Log", "log"), ("abs", "abs"),
    ("heaviside", "step"), ("Heaviside", "step"),
  ]

  /// Spellings of other languages, which are read only where they stand by themselves.
  static let foreignFunctions: [(word: String, name: String)] = [
    ("sen", "sin"), ("senh", "sinh"), ("tgh", "tanh"), ("ctg", "cot"), ("cotg", "cot"),
    ("cotan", "cot"), ("cosec", "csc"), ("arctg", "atan"), ("arcctg", "acot"),
    ("arcsen", "asin"), ("arsh", "asinh"), ("arch", "acosh"), ("arth", "atanh"),
    ("sh", "sinh"), ("ch", "cosh"), ("th", "tanh"), ("cth", "coth"), ("Sin", "sin"),
    ("Cos", "cos"), ("Tan", "tan"), ("Tanh", "tanh"), ("Sqrt", "sqrt"), ("arcsinus", "asin"),
  ]

  /// Words that look like letters side by side and mean something that is not read.
  static let unsupportedWords: Set<String> = [
    "argmax", "argmin", "argsup", "arginf", "lim", "limsup", "liminf", "lg", "lb",
  ]

  private static let groups: [(names: String, command: LaTeXCommand)] = [
    ("dot ddot dddot", .unsupported),
    ("frac dfrac tfrac cfrac nicefrac sfrac", .token(.fraction, 0)),
    ("over", .token(.fractionBar, 0)),
    ("sqrt", .token(.root, 0)),
    ("partial", .token(.partial, 0)),
    ("nabla", .token(.nabla, 0)),
    ("sum", .token(.bigOperator, 0)),
    ("prod", .token(.bigOperator, 1)),
    ("cdot bullet", .token(.times, LaTeXProduct.dot.rawValue)),
    ("times", .token(.times, LaTeXProduct.cross.rawValue)),
    ("ast star", .token(.times, LaTeXProduct.star.rawValue)),
    ("odot", .token(.times, LaTeXProduct.elementwise.rawValue)),
    ("circ", .token(.times, LaTeXProduct.ring.rawValue)),
    ("oslash", .token(.times, LaTeXProduct.elementwiseOver.rawValue)),
    ("otimes", .token(.times, LaTeXProduct.outer.rawValue)),
    ("div", .token(.over, 0)),
    ("top intercal", .token(.transposeMark, 0)),
    ("prime", .token(.prime, 1)),
    ("land wedge", .token(.and, 0)),
    ("lor vee", .token(.or, 0)),
    ("neg lnot", .token(.not, 0)),
    ("forall", .token(.forAll, 0)),
    ("ldots dots cdots vdots ddots dotsc dotsb dotsm dotso", .token(.dots, 0)),
    ("le leq leqslant leqq", .relation(.lessOrEqual)),
    ("ge geq geqslant geqq", .relation(.greaterOrEqual)),
    ("lt", .relation(.less)),
    ("gt", .relation(.greater)),
    ("ne neq", .relation(.notEqual)),
    ("approx simeq approxeq thickapprox doteq cong", .relation(.approximately)),
    ("propto varpropto", .relation(.proportional)),
    ("equiv triangleq coloneqq coloneq vcentcolon= defeq", .relation(.defines)),
    ("implies Rightarrow Longrightarrow rArr", .relation(.implies)),
    ("iff Leftrightarrow Longleftrightarrow", .relation(.equivalent)),
    ("leftarrow gets longleftarrow", .relation(.assigns)),
    ("to rightarrow longrightarrow mapsto longmapsto rarr", .relation(.maps)),
    ("in", .relation(.belongs)),
    ("sim", .distributed),
    ("lbrace", .bracket(.open, .brace)),
    ("rbrace", .bracket(.close, .brace)),
    ("lbrack", .bracket(.open, .bracket)),
    ("rbrack", .bracket(.close, .bracket)),
    ("langle", .bracket(.open, .angle)),
    ("rangle", .bracket(.close, .angle)),
    ("lvert", .bracket(.open, .bar)),
    ("rvert", .bracket(.close, .bar)),
    ("lVert", .bracket(.open, .doubleBar)),
    ("rVert", .bracket(.close, .doubleBar)),
    ("vert mid", .bracket(.bar, .bar)),
    ("Vert", .bracket(.bar, .doubleBar)),
    ("lfloor lceil", .bracket(.open, .other)),
    ("rfloor rceil", .bracket(.close, .other)),
    ("left bigl Bigl biggl Biggl", .opening),
    ("right bigr Bigr biggr Biggr", .closing),
    ("big Big bigg Bigg middle bigm Bigm", .sizing),
    ("hat widehat", .accent("hat")),
    ("tilde widetilde", .accent("tilde")),
    ("bar overline", .accent("bar")),
    (
      "vec overrightarrow underline mathit mathfrak boldsymbol bm pmb symbf "
        + "mathnormal bold displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits "
        + "nonumber notag bf rm it cal ensuremath noindent hfill centering mathop mathrel mathbin "
        + "mathord mathopen mathclose hline allowbreak nobreak relax smash mathstrut strut "
        + "blacksquare square qed qedsymbol Box checkmark footnotesize small normalsize large Large bfseries par "
        + "boldmath unboldmath",
      .skip
    ),
    ("mathbf", .bold),
    ("mathcal mathscr", .calligraphic),
    ("mathbb mathds mathbbm Bbb", .blackboard),
    ("boxed fbox cancel bcancel xcancel sout colorbox fcolorbox", .token(.wrapper, 0)),
    ("underbrace overbrace underbracket overbracket", .token(.wrapper, 1)),
    ("substack", .token(.stack, 0)),
    ("stackrel overset underset", .token(.stacked, 0)),
    ("color label tag phantom hphantom vphantom ref eqref cite vspace cline", .drop(1)),
    ("textcolor", .drop(1)),
    ("rule raisebox", .drop(2)),
    ("hspace mspace hskip", .wideSpaceWithArgument),
    ("quad qquad enspace", .wideSpace),
    ("operatorname mathrm mathsf mathtt", .words(.name)),
    ("text textrm textbf textit textsf texttt mbox hbox textnormal emph", .words(.text)),
    ("intertext shortintertext", .words(.remark)),
    ("therefore", .remark("therefore")),
    ("because", .remark("because")),
    ("begin", .begin),
    ("end", .end),
    (
      "arg argmax argmin lg lb lim limsup liminf sup inf int iint oint binom Pr gcd ker dim hom deg "
        + "input write include",
      .unsupported
    ),
  ]
}
