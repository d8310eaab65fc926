package io.fairlead.discovery;

import io.fairlead.config.ServerSettings;
import java.util.List;

/** What a source has said: the servers that it named, and how it does. */
public record SourceAnswer(SourceStatus status, List<ServerSettings> servers) {
  public SourceAnswer {
    servers = List.copyOf(servers);
  }
}
