/// What the pipe costs, beside its peers and the kernel's.
///
/// `BytePipe` is what is compared; `peers` holds who takes part; `measure` moves bytes and looks at
/// the clock, one JVM a measurement; `run` starts those JVMs in rounds and draws the table of
/// goals; `jmh` asks the small questions.
@NullMarked
package org.gardenhose.bench;

import org.jspecify.annotations.NullMarked;
