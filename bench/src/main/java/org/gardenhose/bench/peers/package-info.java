/// Those who take part, each at its best setting, behind `BytePipe`.
@NullMarked
package org.gardenhose.bench.peers;

import org.jspecify.annotations.NullMarked;
