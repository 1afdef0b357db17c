/// Pipes as request and response bodies of `java.net.http`.
@org.jspecify.annotations.NullMarked
module org.gardenhose.http {
  requires transitive java.net.http;
  requires transitive org.gardenhose;
  requires static org.jspecify;

  exports org.gardenhose.http;
}
