package org.gardenhose.bench;

/// A pipe of bytes inside one process, whoever made it: what the benchmarks compare.
///
/// One thread or several write, one or several read, as far as the peer allows it. A `write` puts
/// all bytes in and makes them visible to the reader, except where a peer's name says otherwise.
public interface BytePipe {
  /// Writes `length` bytes from `offset` on; blocks while there is no room.
  ///
  /// @throws Exception whatever the peer throws
  void write(byte[] bytes, int offset, int length) throws Exception;

  /// Reads up to `length` bytes to `offset` and returns how many, or a negative number at the end;
  /// blocks while there are none.
  ///
  /// @throws Exception whatever the peer throws
  int read(byte[] bytes, int offset, int length) throws Exception;

  /// Ends the stream: the reader gets what is left and then the end.
  ///
  /// @throws Exception whatever the peer throws
  void closeWrite() throws Exception;

  /// Gives back what the reading side holds; called when it has seen the end.
  ///
  /// @throws Exception whatever the peer throws
  default void closeRead() throws Exception {}
}
