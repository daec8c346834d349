/// The words that tell what a formula after them is for.
enum RoleWords {
  /// How far a word reaches.
  enum Reach: Sendable {
    /// To a formula that follows at once, filling words apart.
    case adjacent
    /// To the next comma.
    case clause
    /// To the end of the sentence, or to the next word with a role.
    case sentence
  }

  struct Row: Sendable {
    let role: Submission.Formula.Role
    let reach: Reach
    /// Whether it counts only where a sentence begins.
    var atStart = false
    /// Whether what follows is a task even inside an answer.
    var isReference = false
  }

  private static func table(_ rows: [(Row, String)]) -> [String: Row] {
    var table: [String: Row] = [:]
    for (row, phrases) in rows {
      for phrase in phrases.split(separator: ",") {
        let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" })
        table[words.joined(separator: " ")] = row
      }
    }
    return table
  }

  /// By phrase, in lower case, its words separated by single blanks.
  static let rows = table([
    (
      Row(role: .condition, reach: .adjacent),
      """
      at, evaluated at, for, for all, for any, for every, for each, whenever, for the case, in the case, in case,
      case, for the case where, for the case when, for the case that, in the case where,
      in the case of, in the case that, provided, provided that, only if, für, im fall, pour,
      pour tout, para, para todo, en el caso, dans le cas, falls, fall, cas, caso, on the set, as long as, se, при,
      per, per ogni, nel caso, no caso, sofern, случай
      """
    ),
    (
      Row(role: .condition, reach: .clause),
      "wlog, w l o g, without loss of generality, wlog let, without loss of generality let, o b d a, obda, o e d a, ohne beschränkung der allgemeinheit, ohne einschränkung, sans perte de généralité, sin pérdida de generalidad, if, when, suppose, suppose that, wenn, si, quand, lorsque, cuando, quando, если, когда, ถ้า, เมื่อ, กรณี, หาก"
    ),
    (
      Row(role: .assumption, reach: .clause),
      """
      since, because, given that, we know that, as we know, using that, using the fact that,
      by the fact that, due to, knowing that, knowing, da, weil, puisque, parce que, car, ya que,
      porque, dado que, เนื่องจาก, เพราะ, เพราะว่า, recalling that, under the constraint
      """
    ),
    (
      Row(role: .assumption, reach: .sentence),
      """
      assume, assume that, assuming, assuming that, we assume, we assume that, annahme, angenommen,
      supposons, supposons que, supposant, supongamos, suponiendo, supponiamo, supponendo,
      suponhamos, supondo, subject to
      """
    ),
    (Row(role: .assumption, reach: .adjacent), "given, using, by using, use, we use"),
    (Row(role: .assumption, reach: .adjacent, atStart: true), "as"),
    (
      Row(role: .definition, reach: .sentence),
      """
      let, define, denote, denote by, we define, we denote, we write, where, introduce,
      defined as, is defined as, defined by, is defined by, denoted by, denoted, call, we call,
      we set, abbreviate, for short, sei, seien, wobei, soit, soient, où, sea, sean, donde,
      กำหนดให้, โดยที่, ให้, called, call it, named, shorthand, self defined variable
      """
    ),
    (
      Row(role: .definition, reach: .adjacent),
      """
      with, mit, avec, con, with the residual, with residual, with the error, with the residuals,
      with the errors, with the error vector, with the error term, with the error signal,
      with the shorthand, with the abbreviation, with the notation, with the definition,
      mit dem residuum, mit den residuen, mit dem fehler, mit dem fehlervektor,
      mit der abkürzung, mit der bezeichnung, mit der definition, avec le résidu, avec l'erreur,
      avec la notation, con el residuo, con el error, con la notación
      """
    ),
    (
      Row(role: .definition, reach: .sentence, atStart: true),
      "set, write, put, setze, posons, pongamos"
    ),
    (
      Row(role: .statement, reach: .sentence),
      """
      let us, lets, let's, then, so, thus, hence, therefore, we get, we have, we obtain, we find,
      we find that, we see that, we can see that, gives, yields, becomes, it follows, follows that,
      implies, so that, we compute, we derive, we know, which is, this is, this proves, this shows,
      proves that, shows that, that is, i e, which gives, giving, leads to, resulting in, and get,
      and obtain, with respect to, write down, we want, to find, to compute, to show, to prove,
      dann, also, daher, folglich, somit, donc, alors, on a, entonces, luego, por lo tanto,
      tenemos, ดังนั้น, จะได้, จะได้ว่า, is given by, are given by, equals, with regard to,
      let us compute, let us find, let me, in matrix form, note that, notice that, observe that
      """
    ),
    (
      Row(role: .denied, reach: .sentence),
      """
      one might think, one may think, one could think, you might think, you may think,
      one might be tempted to write, one is tempted to write, it is tempting to write,
      it is tempting to think, a common mistake is,
      a common error is, the common mistake is, a typical mistake is, a typical error is,
      a frequent mistake is, a frequent error is, a common misconception is, it is not true that,
      it is not true, it is false that, it is wrong that, it is not the case that,
      it would be a mistake to write, it would be a mistake to say, it is a mistake to write,
      it would be wrong to write, it would be wrong to say, it is wrong to write,
      it is wrong to say, it is incorrect to write, it does not hold that, we do not have,
      one cannot write, we cannot write, instead of writing, a wrong answer is, a wrong answer would be,
      at first i thought, i first thought, i thought at first, my first attempt was,
      man könnte meinen, man könnte denken, man könnte glauben, man möchte meinen,
      ein häufiger fehler ist, ein typischer fehler ist, ein beliebter fehler ist, es ist falsch,
      falsch ist, falsch wäre, es gilt nicht, es ist nicht wahr, es stimmt nicht,
      on pourrait croire que, on pourrait penser que, une erreur fréquente est,
      une erreur courante est, une erreur classique est, il est faux que, il n'est pas vrai que,
      se podría pensar que, podría pensarse que, uno podría pensar que, un error común es,
      un error frecuente es, un error típico es, no es cierto que, no es verdad que, es falso que,
      ไม่จริงที่, ไม่เป็นความจริงที่, เข้าใจผิดว่า
      """
    ),
    (
      Row(role: .denied, reach: .adjacent),
      "not, rather than, instead of, nicht, statt, anstatt, et non, au lieu de, en vez de, en lugar de"
    ),
    (
      Row(role: .denied, reach: .sentence, atStart: true),
      "wrong, incorrect, wrong way, not correct, falsch, faux, incorrecto, mal"
    ),
    (
      Row(role: .goal, reach: .sentence, atStart: true),
      """
      find, prove, show, derive, compute, calculate, determine, evaluate, verify, prove that,
      show that, verify that, recall, recall that, hint, what is, what are, explain, consider,
      true or false, is it true that, wahr oder falsch, vrai ou faux, verdadero o falso,
      simplify, differentiate, exercise, question, problem, given the following, you are given,
      you should, you need, write down, give an expression, state, zeige, zeigen sie, beweise,
      berechne, berechnen sie, bestimme, montrer, montrez, calculer, calculez, trouver,
      demostrar, demuestre, calcular, calcule, hallar, จง, จงหา, จงพิสูจน์, จงแสดง
      """
    ),
    (
      Row(role: .goal, reach: .sentence, atStart: true, isReference: true),
      "recall, recall that, hint, recall in class, task, aufgabe, hinweis"
    ),
  ])

  /// What the tables know of a single word.
  struct Entry: Sendable {
    /// The most words of a phrase with a role, or that states a fact, which begins with the word.
    var role = 0
    var fact = 0
    var isConnective = false
    var isFiller = false
    var isOpener = false
  }

  /// By word, so that most words cost one look.
  static let entries: [String: Entry] = {
    var entries: [String: Entry] = [:]
    for phrase in rows.keys {
      let (first, count) = measure(phrase)
      let known = entries[first]?.role ?? 0
      entries[first, default: Entry()].role = max(known, count)
    }
    for phrase in FactWords.table.keys {
      let (first, count) = measure(phrase)
      let known = entries[first]?.fact ?? 0
      entries[first, default: Entry()].fact = max(known, count)
    }
    for word in connectives { entries[word, default: Entry()].isConnective = true }
    for word in fillers { entries[word, default: Entry()].isFiller = true }
    for word in openers { entries[word, default: Entry()].isOpener = true }
    return entries
  }()

  private static func measure(_ phrase: String) -> (first: String, count: Int) {
    let words = phrase.split(separator: " ")
    return (words.first.map { String($0) } ?? phrase, words.count)
  }

  /// Words that may stand between a condition's word and its formula.
  static let fillers: Set<String> = [
    "the", "a", "an", "all", "any", "every", "each", "some", "case", "cases", "that", "where",
    "when", "we", "have", "index", "indices", "both", "first", "second", "only", "one", "two",
    "of", "which", "in", "is", "i e", "der", "die", "das", "alle", "le", "la", "les", "tout",
    "el", "los", "todo", "entry", "value", "values", "other", "single", "fixed", "given", "class",
  ]

  /// Words behind which a sentence that denied something claims what it says.
  static let contrasts: Set<String> = [
    "but", "however", "instead", "rather", "actually", "so", "thus", "hence", "therefore",
    "sondern", "aber", "vielmehr", "stattdessen", "also", "daher", "folglich", "mais", "donc",
    "pero", "sino", "luego",
  ]

  /// Words that begin a question whether something holds.
  static let asking: Set<String> = [
    "is", "are", "does", "do", "can", "could", "would", "should", "must", "ist", "sind", "gilt",
    "stimmt", "kann", "est", "es", "se", "vale", "existe",
  ]

  /// Words that join formulas of the same role.
  static let connectives: Set<String> = [
    "and", "or", "und", "oder", "et", "ou", "as well as", "และ", "หรือ",
  ]

  /// Words before an imperative that leave it one.
  static let openers: Set<String> = [
    "please", "in", "other", "words", "your", "task", "is", "to", "hint", "note", "a", "b", "c",
    "d", "e", "pt", "pts", "points", "bonus", "optional",
  ]

  /// Abbreviations whose full stop ends no sentence.
  static let abbreviations: Set<String> = [
    "e", "g", "i", "eq", "eqs", "fig", "resp", "cf", "w", "r", "t", "s", "p", "vs", "z", "b", "ref",
    "sec", "no",
  ]

  /// Whether a line begins with a word that leads to a formula, and so is no heading.
  static func opensSentence(_ text: String) -> Bool {
    let words = Bytes.lowercased(text).split(separator: " ")
    guard let first = words.first else { return false }
    let word = String(first)
    if connectives.contains(word) || FactWords.table[word] != nil { return true }
    guard let row = rows[word] else { return words.count == 1 && fillers.contains(word) }
    if row.atStart { return row.role != .goal || words.count > 3 }
    return true
  }
}
