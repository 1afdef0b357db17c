package org.gardenhose.spec.model;

/// What a descriptor of the model can be open on.
sealed interface Node permits ListPipe, ListBytes, Node.Device, ListEpoll {
  /// A character device.
  enum Device implements Node {
    NULL,
    ZERO
  }
}
