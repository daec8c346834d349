/// The phrases that state a fact without a formula.
enum FactWords {
  private static let rows: [(Submission.Fact.Kind, String)] = [
    (
      .otherwise,
      """
      otherwise, else, in the other case, in all other cases, in other cases, sonst, andernfalls,
      sinon, de lo contrario, en otro caso, มิฉะนั้น, ไม่เช่นนั้น
      """
    ),
    (
      .allCases,
      """
      in general, altogether, combining, in both cases, in all cases, in either case, for both cases,
      putting together, putting it together, putting everything together, putting it all together,
      overall, combine both cases, combine the two cases, both cases together, all together,
      taken together, zusammen, insgesamt, im allgemeinen, en général, au total, en general,
      en conjunto, regardless of, summarizing, in summary
      """
    ),
    (
      .oneHot,
      """
      one hot, onehot, only one entry is 1, only one entry is one, exactly one entry is 1,
      exactly one entry is one, 1 hot, exactly one of them is 1, only one of them is 1
      """
    ),
    (
      .sumsToOne,
      """
      sum to one, sum to 1, sums to one, sums to 1, sum up to one, sum up to 1, sums up to one,
      sums up to 1, add up to one, add up to 1, adds up to one, adds up to 1, add to one, add to 1,
      adds to 1, summing to one, summing to 1, sum is 1, sum is one, sum equals 1, sum equals one,
      sum of probabilities is 1, summieren sich zu 1, somme à 1, somme vaut 1, suman 1, suman uno
      """
    ),
    (
      .stationary,
      """
      to zero, equal to zero, equals zero, be zero, is zero, must vanish, stationary, critical,
      at the minimum, at the maximum, at the optimum, minimum, maximum, optimum, minimiser, minimizer,
      maximiser, maximizer, solve for, solving, setting, null setzen, nullsetzen, null gesetzt, gleich null, nullstelle,
      annuler, nul, igualar a cero, igualando, cero
      """
    ),
    (
      .trueClass,
      """
      true class, correct class, right class, target class, true label, correct label, right label,
      ground truth class, gold class, actual class, observed class, wahre klasse, wahren klasse,
      richtige klasse, richtigen klasse, korrekte klasse, korrekten klasse, zielklasse,
      vraie classe, bonne classe, classe correcte, clase correcta, clase verdadera,
      classe corretta, classe vera, classe correta, верный класс, правильный класс,
      истинный класс, верного класса, правильного класса, истинного класса
      """
    ),
    (
      .rows,
      """
      row of, rows of, row in, zeile von, zeilen von, zeile der, zeilen der, zeile, zeilen,
      ligne de, lignes de, fila de, filas de, riga di, righe di, linha de, строка, строки
      """
    ),
    (
      .columns,
      """
      column of, columns of, column in, spalte von, spalten von, spalte der, spalten der, spalte,
      spalten, colonne de, colonnes de, columna de, columnas de, colonna di, colonne di, coluna de,
      столбец, столбцы
      """
    ),
    (
      .demanded,
      """
      we want, we need, we require, i want, satisfies, satisfy, must satisfy, must hold,
      wir wollen, wir fordern, gelten soll, muss gelten, erfüllt, on veut, il faut, vérifie,
      satisfait, queremos, debe cumplir, satisface, cumple, vogliamo, soddisfa, хотим
      """
    ),
    (.numeratorLayout, "numerator layout, zählerlayout, numerator convention"),
    (.denominatorLayout, "denominator layout, nennerlayout, denominator convention"),
    (
      .symmetric,
      """
      symmetric, symmetrical, symmetry, symmetrisch, symmetrische, symmetrisches, symmetrischer,
      symétrique, symétriques, simétrica, simétrico, สมมาตร
      """
    ),
    (
      .withdrawn,
      """
      crossed out, this is wrong, that is wrong, that was wrong, this was wrong, is incorrect,
      my mistake, made a mistake, ignore this, ignore the above, ignore that, ignore the previous,
      scratch that, disregard, oops, wrong attempt, please ignore, the above is wrong, durchgestrichen,
      does not hold, do not hold, cannot be true, cannot be right, cannot hold, is not valid,
      gilt nicht, n'est pas vrai, ne tient pas, no se cumple, is wrong, is false, is not true, is not correct, is not right, this is false, that is false,
      this is not true, that is not true, this is not correct, this is not right, this is incorrect,
      that is incorrect, which is wrong, which is false, which is incorrect, which is not true,
      ist falsch, ist nicht richtig, das ist falsch, dies ist falsch, was falsch ist, stimmt nicht,
      est faux, c'est faux, ceci est faux, cela est faux, ce qui est faux, es falso, es incorrecto,
      esto es falso, eso es falso, esto es incorrecto, no es correcto, lo cual es falso
      """
    ),
  ]

  static let table: [String: Submission.Fact.Kind] = {
    var table: [String: Submission.Fact.Kind] = [:]
    for (kind, phrases) in rows {
      for phrase in phrases.split(separator: ",") {
        let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" })
        table[words.joined(separator: " ")] = kind
      }
    }
    return table
  }()
}
