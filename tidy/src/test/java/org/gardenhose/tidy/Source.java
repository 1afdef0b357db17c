package org.gardenhose.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A text file of the tree, with its path from the root.
///
/// @param path with `/` between names, on every system
/// @param text all of it
record Source(String path, String text) {
  private static final Path ROOT = Path.of(System.getProperty("tidy.root")).normalize();

  /// Returns the files whose names end with `suffix`, generated and fetched ones left out.
  static List<Source> all(String suffix) {
    try (Stream<Path> paths = Files.walk(ROOT)) {
      return paths
          .filter(path -> path.toString().endsWith(suffix) && Files.isRegularFile(path))
          .map(path -> ROOT.relativize(path).toString().replace('\\', '/'))
          .filter(path -> !path.contains("target/") && !path.startsWith("."))
          .sorted()
          .map(Source::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Source read(String path) {
    try {
      return new Source(path, Files.readString(ROOT.resolve(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean exists(String path) {
    return Files.exists(ROOT.resolve(path));
  }

  /// Returns the names in a folder of the tree.
  static List<String> names(String folder) {
    try (Stream<Path> paths = Files.list(ROOT.resolve(folder))) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String changed) {
    try {
      Files.writeString(ROOT.resolve(path), changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    return text.lines().toList();
  }

  boolean isMain() {
    return path.contains("/src/main/");
  }

  /// Returns the module that the file is in: the first name of its path.
  String module() {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
