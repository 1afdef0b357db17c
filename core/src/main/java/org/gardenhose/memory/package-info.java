/// Pages, the pool of free ones, and the caller's memory that they are copied from and to.
///
/// In reading order: [Page], [Loans], [PagePool], [UserMemory], [IoVector]. Imports `abi`.
package org.gardenhose.memory;
