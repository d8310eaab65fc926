package io.fairlead.macro;

import io.fairlead.json.DuplicateKey;
import io.fairlead.json.Json;
import io.fairlead.json.JsonDocument;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code @import(path[,default])}: what another file says, its macros expanded. Each file is read
 * once; what it says is then the same everywhere. The default stands for a file that is not there,
 * and for one that cannot be used.
 */
final class Imports {
  private static final String FILE_PREFIX = "file:";
  private static final int LARGEST = 16 << 20;

  private final Path folder;
  private final FileSource source;
  private final Map<Path, Json> results = new HashMap<>();
  private final Set<Path> open = new HashSet<>();
  private final Map<Path, ImportedFile> files = new LinkedHashMap<>();
  private final List<DuplicateKey> duplicates = new ArrayList<>();

  /**
   * @param folder of the main file, which is where the paths in imported files start, too
   * @param source of the files
   */
  Imports(Path folder, FileSource source) {
    this.folder = folder;
    this.source = source;
  }

  List<ImportedFile> files() {
    return List.copyOf(files.values());
  }

  List<DuplicateKey> duplicates() {
    return duplicates;
  }

  void addTo(Library library) {
    library.add("import", this::result, "path", "default?");
  }

  private Json result(Arguments arguments) {
    Path path = path(arguments);
    Json known = results.get(path);
    if (known != null) {
      return known;
    }
    Json result;
    try {
      result = read(path, arguments);
    } catch (MacroException e) {
      if (!arguments.has("default")) {
        throw e.within("@import(" + arguments.text("path") + ')', arguments.position());
      }
      result = arguments.value("default");
    }
    results.put(path, result);
    return result;
  }

  private Path path(Arguments arguments) {
    String text = arguments.text("path");
    try {
      return text.startsWith(FILE_PREFIX)
          ? Path.of(text.substring(FILE_PREFIX.length())).normalize()
          : folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw arguments.refused("path", "the path of a file");
    }
  }

  private Json read(Path path, Arguments arguments) {
    if (!open.add(path)) {
      throw arguments.refused(path + " (expected: a file that does not import itself)");
    }
    try {
      byte[] content = content(path, arguments);
      files.put(path, new ImportedFile(path, content));
      JsonDocument document = JsonReader.read(path.toString(), content);
      duplicates.addAll(document.duplicates());
      return arguments.interpreter().expand(document.root(), new Scope());
    } catch (JsonException e) {
      throw MacroException.of(e);
    } finally {
      open.remove(path);
    }
  }

  private byte[] content(Path path, Arguments arguments) {
    try (InputStream in = source.open(path)) {
      byte[] content = in.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw arguments.refused(path + " (expected: a file of at most " + LARGEST + " bytes)");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw arguments.refused(path + " (expected: a file that is there, or a default)");
    } catch (IOException e) {
      throw arguments.refused(path + " (expected: a file that can be read; " + reason(e) + ')');
    }
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
