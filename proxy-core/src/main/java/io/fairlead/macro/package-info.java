/**
 * Macros in JSON ("JSONM"): what mcrouter makes of a document before it looks for pools and routes.
 *
 * <p>Start reading at {@link io.fairlead.macro.Preprocessor}, which gives the document without
 * macros and the files that it imported:
 *
 * <pre>{@code
 * Map<String, Json> parameters = Map.of("default-route", new JsonString(place, "/././"));
 * Expansion expansion =
 *     Preprocessor.expand("mcrouter.json", bytes, Path.of("/etc/mcrouter"), parameters);
 * Setting root = Setting.ofRoot(expansion.root());
 * expansion.files().forEach(file -> watch(file.path()));
 * }</pre>
 *
 * <p>An {@code Interpreter} expands values; strings are taken apart by {@code Template} and {@code
 * CallText}, and names are looked up in a {@code Scope}. The {@code Library} has the macros, of
 * which each family of built-in ones is a class: {@code Logic}, {@code Kinds}, {@code
 * Dictionaries}, {@code Lists}, {@code Arithmetic}, {@code Hashes}, {@code Loops}. A {@code Budget}
 * ends what would never end. Values keep the place where they were written, or have that of the
 * call that made them. Runs on the thread that loads a configuration.
 */
@NullMarked
package io.fairlead.macro;

import org.jspecify.annotations.NullMarked;
