/// The utilities.
///
/// [Utilities] finds one by name. What they share: [Options] (arguments), [Numbers], [Inputs] (the
/// files named), [LineReader], [Output], [Bytes]. One file each for [Cat], [Cut], [Echo], [Head],
/// [Seq], [Tail], [Tee], [Uniq], [Wc], [Yes]. [Tr] has its sets in [TrSet]; [Grep] its expressions
/// in [RegexTranslator] and [BracketExpression]; [Sort] its input in [LineStore], its keys in
/// [SortKey] with [SortKeyParser] and [NumericText], its order in [SortOrder], and the work in
/// [LineSorter].
///
/// All of them work on bytes as in the POSIX locale: nothing is decoded, a letter is an ASCII
/// letter, and order is the order of the byte values. An option that is lacking is refused by name.
///
/// May import: `program`.
package org.gardenhose.shell.utility;
