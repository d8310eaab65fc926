package io.fairlead.macro;

import io.fairlead.json.DuplicateKey;
import io.fairlead.json.Json;
import io.fairlead.json.JsonDocument;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a document without macros of one with macros. */
public final class Preprocessor {
  private static final String MACROS = "macros";

  private Preprocessor() {}

  /**
   * Reads and expands a document.
   *
   * @param name of the document, for positions
   * @param folder where the files are that it imports
   * @param parameters that it may use without defining them, by their names
   * @throws io.fairlead.json.JsonException at the first thing that is wrong
   */
  public static Expansion expand(
      String name, byte[] content, Path folder, Map<String, Json> parameters) {
    return expand(name, content, folder, parameters, FileSource.DISK);
  }

  /**
   * Reads and expands a document.
   *
   * @param name of the document, for positions
   * @param folder where the files are that it imports
   * @param parameters that it may use without defining them, by their names
   * @param source of the files that it imports
   * @throws io.fairlead.json.JsonException at the first thing that is wrong
   */
  public static Expansion expand(
      String name, byte[] content, Path folder, Map<String, Json> parameters, FileSource source) {
    JsonDocument document = JsonReader.read(name, content);
    Library library = Library.ofBuiltIns();
    Imports imports = new Imports(folder, source);
    imports.addTo(library);
    parameters.forEach((key, value) -> library.define(key, Constant.predefined(key, value)));
    Json root = expand(document.root(), new Interpreter(library, new Budget()));
    List<DuplicateKey> duplicates = new ArrayList<>(document.duplicates());
    duplicates.addAll(imports.duplicates());
    return new Expansion(root, imports.files(), duplicates);
  }

  private static Json expand(Json root, Interpreter interpreter) {
    if (!(root instanceof JsonObject object)) {
      return interpreter.expand(root, new Scope());
    }
    Json macros = object.value(MACROS);
    if (macros != null) {
      new Definitions(interpreter).read(macros);
    }
    return interpreter.expand(object.without(MACROS), new Scope());
  }
}
