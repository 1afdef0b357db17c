/// The protocols between two or three threads, run millions of times in every way that the machine
/// and its compiler may order them. Each class is one race; each outcome has a sentence.
///
/// In reading order: [Stage], [AppendRaces], [WakeRaces], [CloseRaces], [BatonRaces], [PageRaces].
/// `spec/stress` runs them.
@org.jspecify.annotations.NullMarked
package org.gardenhose.spec.stress;
