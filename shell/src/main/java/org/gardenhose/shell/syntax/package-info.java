/// The command language: from text to a tree.
///
/// In reading order: [Position], [Source]; the tree: [Pipeline], [Command], [SimpleCommand],
/// [Redirection], [Word], [WordPart]; [Token]; [Lexer] with [WordLexer]; [Parser];
/// [SyntaxException].
///
/// What belongs to the language and is not understood yet is refused by name, with line and column;
/// it is never taken for something else.
///
/// May import: nothing of this module.
package org.gardenhose.shell.syntax;
