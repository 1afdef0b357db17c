/// The pipe as a data structure: no thread, no clock, no waiting.
///
/// In reading order: [Slot], [Ring]. Imports `abi` and `memory`.
package org.gardenhose.ring;
