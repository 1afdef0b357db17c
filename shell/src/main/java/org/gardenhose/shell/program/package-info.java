/// What a utility is and what it is given.
///
/// [Utility] is a program; [Streams] is what it reads, writes and complains to; [InputFile] and
/// [OutputFile] are a file's bytes with the wording of errors done right, [DescriptorInput] and
/// [DescriptorOutput] those of a process of the in-JVM kernel; [Failure] (with
/// [InputFailure]) and
/// [ReaderGoneException] are the two ways in which a utility stops early.
///
/// May import: nothing of this module.
package org.gardenhose.shell.program;
