/// What callers and the kernel agree on: error numbers, flags, sizes, and [Panic].
///
/// Imports nothing of Gardenhose.
package org.gardenhose.abi;
