/// The kernel as programs meet it: [Kernel] makes one, and behind each task's door the calls check
/// their arguments and go to those who know.
///
/// In reading order: [Kernel]; `KernelSys`; `Fd`, `FileCalls`, `DescriptorCalls`, `PageCalls`,
/// `NameCalls`, `PollCalls`, `EpollCalls`, `ProcCalls`. Imports everything below it.
package org.gardenhose.sys;
