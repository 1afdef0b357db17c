/// Running a command line: [Shell] takes the text, [PipelineRun] starts the stages and joins them,
/// [StageRun] is one of them, and [UtilityRun] what it runs.
///
/// Or as processes of the in-JVM kernel: [ShellProgram] runs the stages by system calls,
/// [UtilityProgram] is what each becomes, [HostFiles] are the files that they are redirected to.
///
/// May import: `syntax`, `utility`, `program`, in this order from above to below.
package org.gardenhose.shell;
