/// The small questions, a file each, for JMH: `java -cp ... org.openjdk.jmh.Main -prof gc`.
@NullMarked
package org.gardenhose.bench.jmh;

import org.jspecify.annotations.NullMarked;
