package org.gardenhose.abi;

/// What an epoll instance is asked to watch for, or reports (`struct epoll_event`).
///
/// @param events `EPOLLIN` and so on, of [PollAbi]
/// @param data the caller's own mark, returned as it was given
public record EpollEvent(int events, long data) {}
