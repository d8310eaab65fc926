package io.fairlead.config;

import java.util.List;
import java.util.Set;

/**
 * What an identity may do.
 *
 * @param identity a name that clients authenticate with, or {@link #EVERYBODY}
 * @param commands what is allowed; empty for everything but flush_all
 * @param prefixes with one of which a key must begin; empty for any key
 * @param readOnly whether nothing may be changed, whatever the commands are
 */
public record AccessRule(
    String identity, Set<AccessCommand> commands, List<String> prefixes, boolean readOnly) {
  /** Those who have no rule of their own, and those who have not said who they are. */
  public static final String EVERYBODY = "*";

  public AccessRule {
    commands = Set.copyOf(commands);
    prefixes = List.copyOf(prefixes);
  }

  /** Commands and groups of commands that can be allowed. */
  public enum AccessCommand {
    /** What changes neither a value nor its time to live. */
    READ,
    /** What stores, changes or removes values; with {@link #READ}, also what does both. */
    WRITE,
    ALL,
    GET,
    GETS,
    GAT,
    GATS,
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND,
    CAS,
    INCR,
    DECR,
    TOUCH,
    DELETE,
    MG,
    MS,
    MD,
    MA,
    ME,
    STATS,
    FLUSH_ALL
  }
}
