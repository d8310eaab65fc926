/**
 * JSON values that remember where they were written.
 *
 * <p>{@link io.fairlead.json.JsonReader} turns the bytes of a file into a tree of {@link
 * io.fairlead.json.Json} values; they are immutable and may be shared. Who looks for settings wraps
 * the root into a {@link io.fairlead.json.Setting}, whose getters refuse what is wrong in one
 * sentence with file, line, column and key path:
 *
 * <pre>{@code
 * JsonDocument document = JsonReader.read("mcrouter.json", bytes);
 * document.duplicates().forEach(duplicate -> log.warn(duplicate.toString()));
 * Setting root = Setting.ofRoot(document.root());
 * for (Setting pool : root.required("pools").members()) {
 *   List<Setting> servers = pool.required("servers").items();
 *   Setting timeout = pool.at("server_timeout");
 *   long millis = timeout == null ? 1000 : timeout.integer(1, 1_000_000);
 *   String protocol = pool.textOr("protocol", "ascii");
 * }
 * }</pre>
 *
 * <p>Comments as in Java and a comma behind the last element are allowed, as mcrouter allows them.
 * {@link io.fairlead.json.JsonWriter} gives plain JSON. Nothing here knows what a document means.
 */
@NullMarked
package io.fairlead.json;

import org.jspecify.annotations.NullMarked;
