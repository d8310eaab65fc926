package io.fairlead.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder as the kubelet mounts a ConfigMap or a Secret: each file is a link into {@code ..data},
 * which is a link to a folder with a date for a name. What changes comes in a folder of its own, to
 * which {@code ..data} is turned at once.
 */
final class MountedVolume {
  private static final String DATA = "..data";

  private final Path folder;
  private int versions;

  private MountedVolume(Path folder) {
    this.folder = folder;
  }

  static MountedVolume at(Path folder, Map<String, String> files) throws IOException {
    MountedVolume volume = new MountedVolume(Files.createDirectories(folder));
    volume.swap(files);
    for (String name : files.keySet()) {
      Files.createSymbolicLink(folder.resolve(name), Path.of(DATA, name));
    }
    return volume;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Has these files from now on, and none of those before. */
  void swap(Map<String, String> files) throws IOException {
    Path next = Files.createDirectory(folder.resolve("..2026_11_21_18_00_" + (10 + versions++)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(next.resolve(file.getKey()), file.getValue());
    }
    Path data = folder.resolve(DATA);
    Path old = Files.exists(data) ? data.toRealPath() : null;
    Path turned = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
    Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (old != null) {
      delete(old);
    }
  }

  private static void delete(Path version) throws IOException {
    try (Stream<Path> files = Files.list(version)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(version);
  }
}
