/// Files: what has a name, what is open, and what a descriptor means.
///
/// In reading order: [Inode], [FileOperations], [OpenFileDescription], [DescriptorTable]; [Pipefs],
/// [PipeInode], [PipeOperations], [PipeLimits]; [Directory], `Link`, [Namespace], `PathWalk`,
/// `Opening`, [NameChanges], [Caller]; `PositionedOperations`; `Tmpfs`, `TmpfsDirectory`,
/// `TmpfsFile`, `TmpfsOperations`, `CachedPage`, `PageTree`; `Devices`; `Procfs`, `ProcText`;
/// `HostMount`, `HostDirectory`, `HostInode`, `HostOperations`, `HostTransfer`; [ChannelDevice].
/// Imports `abi`, `memory`, `wait`, `pipe`. Lock order:
/// ```
/// side of a pipe, while pages move
///   position of a description
///     names of a tmpfs
///       lock of a file                 one file's at a time
///         loans of a page              one page's at a time
/// lock of a descriptor table           nothing else is taken under it
/// ```
package org.gardenhose.file;
