/// Unix pipes inside one JVM: a page ring with Linux's semantics, and a Java API on it.
@org.jspecify.annotations.NullMarked
module org.gardenhose {
  requires static jdk.jfr;
  requires static org.jspecify;

  exports org.gardenhose;
}
