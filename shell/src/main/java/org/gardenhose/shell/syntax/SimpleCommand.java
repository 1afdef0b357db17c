package org.gardenhose.shell.syntax;

import java.util.List;

/// A name with arguments, and redirections; at least one of the two.
///
/// @param words the name and the arguments
/// @param redirections in the order of the text, in which they are done
/// @param at where it begins
public record SimpleCommand(List<Word> words, List<Redirection> redirections, Position at)
    implements Command {}
