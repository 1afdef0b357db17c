/// The only code that parks a thread or reads a clock.
///
/// In reading order: [Clock], [Deadlines], [Scheduler], [Waiter], [WaitQueue], [Uniprocessor].
/// Imports `abi`.
/// No lock is held while waiting, and a queue's lock is the innermost of all.
package org.gardenhose.wait;
