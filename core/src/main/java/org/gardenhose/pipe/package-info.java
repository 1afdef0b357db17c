/// The pipe: a [Ring][org.gardenhose.ring.Ring] and waiting, joined by Linux's rules.
///
/// In reading order: [KernelPipe], [PipeFile], [SideLock], [ReadCall], [WriteCall], [SpliceCall],
/// [PageRun], [PageCall], [PipeWait], [Spin]; [SystemPipe]. The lock order is at [SideLock].
/// Imports `abi`, `memory`, `ring`, `wait`.
package org.gardenhose.pipe;
