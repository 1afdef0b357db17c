/// Processes: how they come and go, share and copy, and are sent signals.
///
/// In reading order: [Machine], [Task], [Proc], [ProcTable], [Sleep], [FsContext],
/// [TaskEvents]. Imports `abi`,
/// `wait`, `pipe`, `file`. Lock order:
/// ```
/// family of the process table
///   lock of one process
///     a WaitQueue's own lock
/// ```
package org.gardenhose.proc;
