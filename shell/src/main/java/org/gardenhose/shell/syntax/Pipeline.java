package org.gardenhose.shell.syntax;

import java.util.List;

/// Commands joined by `|`.
///
/// @param stages at least one, in the order of the text
public record Pipeline(List<Command> stages) {}
