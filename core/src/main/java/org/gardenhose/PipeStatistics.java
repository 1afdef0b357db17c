package org.gardenhose;

import java.time.Duration;

/// What has gone through a pipe: each number an estimate while the pipe is in use.
///
/// @param bytesWritten bytes that writers have put in
/// @param bytesRead bytes that readers have taken out, thrown-away ends of packets included
/// @param bytesHandedOver those of both that never were in the pipe, since they were copied
///     straight to a waiting reader
/// @param writes calls that came to write, in vain or not
/// @param reads calls that took bytes out
/// @param highWaterBytes the most bytes that were ever in the pipe
/// @param readersBlocked how long readers have waited altogether, if the pipe times waits
/// @param writersBlocked how long writers have waited altogether, if the pipe times waits
public record PipeStatistics(
    long bytesWritten,
    long bytesRead,
    long bytesHandedOver,
    long writes,
    long reads,
    long highWaterBytes,
    Duration readersBlocked,
    Duration writersBlocked) {}
