package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the sources among the servers of one pool. */
final class SourceReader {
  /** What the pool says about all of its sources; null for nothing. */
  private final @Nullable Identity ofPool;

  private final List<SourceSettings> sources = new ArrayList<>();

  SourceReader(@Nullable Identity ofPool) {
    this.ofPool = ofPool;
  }

  List<SourceSettings> sources() {
    return sources;
  }

  /** Whether an element of the list of servers is a source. */
  static boolean isSource(ConfigValue value) {
    String text = value.text();
    return value.hasKey("source") || (text != null && SourceText.isSource(text));
  }

  void read(ConfigValue value) {
    if (value.isScalar()) {
      add(value, readPlace(value), ofPool);
      return;
    }
    value.map(
        "a map with source",
        map -> {
          SourcePlace place = map.required("source", SourceText.EXPECTED, SourceReader::readPlace);
          ConfigValue identity = map.take("identity");
          add(
              value,
              place,
              identity == null ? ofPool : ValueKind.oneOf(Identity.class).read(identity));
          return place;
        });
  }

  private static @Nullable SourcePlace readPlace(ConfigValue value) {
    String text = value.text();
    if (text == null) {
      return value.refuse(SourceText.EXPECTED);
    }
    try {
      return SourceText.parse(text);
    } catch (BadValueException e) {
      return value.refuse(e.expected());
    }
  }

  private void add(ConfigValue value, @Nullable SourcePlace place, @Nullable Identity given) {
    if (place == null) {
      return;
    }
    Identity identity = given == null ? place.defaultIdentity() : given;
    if (!place.identities().contains(identity)) {
      value.refuseAs(
          "identity: " + ValueKind.nameOf(identity) + " for " + place,
          names(place.identities()) + ", as such a source names nothing else",
          null);
    }
    if (sources.stream().anyMatch(other -> other.place().equals(place))) {
      value.refuse("each source once");
    }
    sources.add(new SourceSettings(place, identity));
  }

  /** Warns of names that make keys move. */
  void warnOfNames(ConfigValue servers, boolean isRing) {
    Set<Identity> kinds =
        sources.stream().map(SourceSettings::identity).collect(Collectors.toSet());
    if (kinds.size() > 1) {
      servers.warnAs(
          "identities " + names(kinds), "one for all sources, as a server is known by its name");
    }
    if (isRing && kinds.contains(Identity.ADDRESS)) {
      servers.warnAs(
          "identity: address",
          "a name that stays, as from dns+srv:// or k8s://; with another address a server gets"
              + " other keys");
    }
  }

  private static String names(Set<Identity> identities) {
    return new TreeSet<>(identities)
        .stream().map(ValueKind::nameOf).collect(Collectors.joining(" or "));
  }
}
