/// Pipelines of utilities inside one JVM: the command language, what runs it, and the utilities.
@org.jspecify.annotations.NullMarked
module org.gardenhose.shell {
  requires transitive org.gardenhose;
  requires static org.jspecify;

  exports org.gardenhose.shell;
  exports org.gardenhose.shell.program;
}
