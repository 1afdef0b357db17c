/// Running a command line: [Shell] takes the text, [PipelineRun] starts the stages and joins them,
/// [StageRun] is one of them.
///
/// May import: `syntax`, `utility`, `program`, in this order from above to below.
package org.gardenhose.shell;
