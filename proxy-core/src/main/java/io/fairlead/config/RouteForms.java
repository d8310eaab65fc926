package io.fairlead.config;

import io.fairlead.config.route.RouteSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How each kind of route stands in a file: a map in which the word for the kind comes with what the
 * route leads to, and its options stand beside it, as in {@code {failover: [main, gutter], on:
 * [timeout]}}.
 */
final class RouteForms {
  /** The forms of all kinds. */
  static final RouteForms ALL = new RouteForms();

  static {
    PoolForms.addTo(ALL);
    SelectForms.addTo(ALL);
    FanForms.addTo(ALL);
    FailoverForms.addTo(ALL);
    CopyForms.addTo(ALL);
    LimitForms.addTo(ALL);
    ChangeForms.addTo(ALL);
  }

  private final Map<String, Reader> readers = new LinkedHashMap<>();
  private final Map<Class<?>, Writer<?>> writers = new HashMap<>();
  private final Map<Class<?>, String> words = new HashMap<>();

  private RouteForms() {}

  /** Makes a route of its map. */
  @FunctionalInterface
  interface Reader {
    RouteSettings read(GivenRoute given);
  }

  /** Makes the map of a route. */
  @FunctionalInterface
  interface Writer<S extends RouteSettings> {
    void write(S settings, WrittenRoute written);
  }

  /** Adds the form of a kind with one word. */
  <S extends RouteSettings> RouteForms add(
      String word, Class<S> kind, Reader reader, Writer<S> writer) {
    words.put(kind, word);
    return add(word, reader).add(kind, writer);
  }

  RouteForms add(String word, Reader reader) {
    if (readers.put(word, reader) != null) {
      throw new IllegalStateException("two kinds of route are called " + word);
    }
    return this;
  }

  <S extends RouteSettings> RouteForms add(Class<S> kind, Writer<S> writer) {
    if (writers.put(kind, writer) != null) {
      throw new IllegalStateException("two forms for " + kind);
    }
    return this;
  }

  /** The words for kinds of routes. */
  Set<String> words() {
    return readers.keySet();
  }

  /** The word for the kind of a route; one that has several is called a route. */
  String word(RouteSettings route) {
    return words.getOrDefault(route.getClass(), "route");
  }

  @Nullable Reader reader(String word) {
    return readers.get(word);
  }

  <S extends RouteSettings> void write(S settings, WrittenRoute written) {
    @SuppressWarnings("unchecked") // add() has put it under its own class
    Writer<S> writer = (Writer<S>) writers.get(settings.getClass());
    if (writer == null) {
      throw new IllegalArgumentException("no form for " + settings.getClass());
    }
    writer.write(settings, written);
  }
}
