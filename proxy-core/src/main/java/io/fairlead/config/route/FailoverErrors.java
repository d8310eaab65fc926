package io.fairlead.config.route;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The results after which another server is asked, for each kind of operation. */
public record FailoverErrors(Set<Result> gets, Set<Result> updates, Set<Result> deletes) {
  /** What another server may do better. */
  public static final Set<Result> USUAL =
      Arrays.stream(Result.values())
          .filter(Result::isFailover)
          .collect(Collectors.toUnmodifiableSet());

  public static final FailoverErrors DEFAULT = new FailoverErrors(USUAL, USUAL, USUAL);

  public FailoverErrors {
    gets = copyOfErrors(gets);
    updates = copyOfErrors(updates);
    deletes = copyOfErrors(deletes);
  }

  private static Set<Result> copyOfErrors(Set<Result> results) {
    for (Result result : results) {
      if (!result.isError()) {
        throw new IllegalArgumentException("no error: " + result.configName());
      }
    }
    return Set.copyOf(results);
  }

  /** The results for an operation; those of no group fail over as usual. */
  public Set<Result> of(Operation operation) {
    return switch (operation.kind()) {
      case GET_LIKE -> gets;
      case UPDATE_LIKE -> updates;
      case DELETE_LIKE -> deletes;
      default -> USUAL;
    };
  }
}
