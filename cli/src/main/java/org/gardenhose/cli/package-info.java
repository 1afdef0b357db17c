/// The `hose` command: [Main] is where a process begins, [HoseCommand] reads the arguments,
/// [PipelineCommand] runs a pipeline, [TraceCommand] shows the system calls of one. A subcommand is
/// a class beside the last one.
///
/// May import: the modules `shell` and picocli. Only here is the process's own standard output
/// touched and the process ended.
package org.gardenhose.cli;
