/// What programs and the kernel agree on: the calls, error numbers, signals, flags, sizes, records
/// that are passed, and [Panic].
///
/// In reading order: [SystemCalls] and [ProcessCalls], together [Sys], which a [Program] uses;
/// [Errno]; [Signal], [SigAction]; [PipeAbi], [FileAbi], [PollAbi], [ProcAbi]; [Stat], [PollFd],
/// [EpollEvent]. Imports nothing of Gardenhose.
package org.gardenhose.abi;
