/// Unix pipes inside one JVM: a page ring with Linux's semantics, a Java API on it, and a kernel
/// with processes, descriptors and files around it.
@org.jspecify.annotations.NullMarked
module org.gardenhose {
  requires static jdk.jfr;
  requires static org.jspecify;

  exports org.gardenhose;
  exports org.gardenhose.abi;
  exports org.gardenhose.sys;
  exports org.gardenhose.transcript;
}
