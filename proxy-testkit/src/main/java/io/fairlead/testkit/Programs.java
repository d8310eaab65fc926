package io.fairlead.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds installed programs. */
final class Programs {
  private static final List<String> USUAL_FOLDERS =
      List.of("/usr/bin", "/usr/local/bin", "/usr/sbin", "/usr/local/sbin");

  private Programs() {}

  /**
   * The program named by the environment variable if that is set, else the first one on the path or
   * in the usual folders.
   */
  static Optional<Path> find(String name, String environmentVariable) {
    String chosen = System.getenv(environmentVariable);
    if (chosen != null && !chosen.isEmpty()) {
      return Optional.of(Path.of(chosen)).filter(Files::isExecutable);
    }
    return folders().stream()
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static List<String> folders() {
    List<String> folders = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      for (String folder : path.split(File.pathSeparator, -1)) {
        if (!folder.isEmpty()) {
          folders.add(folder);
        }
      }
    }
    folders.addAll(USUAL_FOLDERS);
    return folders;
  }
}
