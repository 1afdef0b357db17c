/// The `hose` command.
@org.jspecify.annotations.NullMarked
module org.gardenhose.cli {
  requires info.picocli;
  requires org.gardenhose.shell;
  requires static org.jspecify;
}
