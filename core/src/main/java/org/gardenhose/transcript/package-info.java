/// strace's notation as data: read, taken apart, put together and printed.
///
/// In reading order: [Line] and its [Event]; [Argument] and [Result], which calls are made of;
/// [Transcript], which reads many lines, with [TranscriptException] for what it cannot read;
/// `LineParser`, `ArgumentParser`, `Cursor`; `Printer`, `Escapes`. Imports `abi`.
///
/// What is read prints as it was, byte for byte, but for the width of a pid.
///
/// **Learned from.** strace(1), its source's `printsiginfo`, `print_quoted_string`, `tabto`, and
/// logs of the Linux Test Project
package org.gardenhose.transcript;
