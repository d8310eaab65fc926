package io.fairlead.server.introspection;

import io.fairlead.config.HostId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be told of the process, and never changes.
 *
 * @param version the name and version of the program
 * @param hostId the number of this machine
 * @param service the name of the service
 * @param router the name of this one of it
 * @param arguments the command line
 * @param options by mcrouter's names
 * @param startupOptions these and those of the server around it
 */
public record RouterFacts(
    String version,
    long hostId,
    String service,
    String router,
    String arguments,
    SortedMap<String, String> options,
    SortedMap<String, String> startupOptions) {
  public RouterFacts {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    startupOptions = Collections.unmodifiableSortedMap(new TreeMap<>(startupOptions));
  }

  /** Of a proxy that was not started with mcrouter's options. */
  public static RouterFacts of(String version, String arguments) {
    return new RouterFacts(
        version,
        HostId.ofThisHost(),
        "mcrouter",
        "0",
        arguments,
        new TreeMap<>(Map.of()),
        new TreeMap<>(Map.of()));
  }
}
