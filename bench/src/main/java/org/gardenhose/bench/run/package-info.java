/// Starts the measurements in rounds and draws the table of goals.
///
/// In reading order: `Options`, what is asked for; `Regime`, on which processors; `Job`, one
// process
/// that measures; `Plan`, which jobs there are; `Launcher`, how they are started; `Samples`, what
/// they said; `Goal` and `Goals`, what was wanted; `Machine` and `Report`, how it is told; `Run`,
/// all together.
@NullMarked
package org.gardenhose.bench.run;

import org.jspecify.annotations.NullMarked;
