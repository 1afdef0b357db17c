/// Moves bytes and looks at the clock: `Measure` runs one measurement in its own JVM and prints
/// lines of `name value unit`.
@NullMarked
package org.gardenhose.bench.measure;

import org.jspecify.annotations.NullMarked;
