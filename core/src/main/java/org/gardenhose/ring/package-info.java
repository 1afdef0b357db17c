/// The pipe as a data structure: no thread, no clock, no waiting.
///
/// In reading order: [Slot], [Ring], and the two halves of its state, `FillSide` and
/// `DrainSide`. Imports `abi` and `memory`.
package org.gardenhose.ring;
