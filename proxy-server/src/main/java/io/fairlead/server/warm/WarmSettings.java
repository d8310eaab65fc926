package io.fairlead.server.warm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is copied, and how.
 *
 * @param keyFile the keys, one on a line; null for all that the servers list
 * @param prefix what keys begin with; empty for all
 * @param rate most keys in a second; 0 for as many as go
 * @param isRehearsal whether nothing is read or written but the list of keys
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record WarmSettings(
    @Nullable Path keyFile, byte[] prefix, double rate, boolean isRehearsal) {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public WarmSettings(@Nullable Path keyFile, byte[] prefix, double rate, boolean isRehearsal) {
    this.keyFile = keyFile;
    this.prefix = prefix;
    this.rate = rate;
    this.isRehearsal = isRehearsal;
  }
}
