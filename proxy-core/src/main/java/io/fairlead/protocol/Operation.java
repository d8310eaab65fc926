package io.fairlead.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request does to a key, whether it was asked in the classic or in the meta protocol; this
 * is what routes go by.
 */
public enum Operation {
  GET(Kind.GET_LIKE),
  GETS(Kind.GET_LIKE),
  GAT(Kind.GET_LIKE),
  GATS(Kind.GET_LIKE),
  SET(Kind.UPDATE_LIKE),
  ADD(Kind.UPDATE_LIKE),
  REPLACE(Kind.UPDATE_LIKE),
  APPEND(Kind.UPDATE_LIKE),
  PREPEND(Kind.UPDATE_LIKE),
  CAS(Kind.UPDATE_LIKE),
  DELETE(Kind.DELETE_LIKE),
  INCR(Kind.ARITHMETIC_LIKE),
  DECR(Kind.ARITHMETIC_LIKE),
  TOUCH(Kind.OTHER),
  FLUSHALL(Kind.OTHER);

  /** Operations that are usually routed alike. */
  public enum Kind {
    GET_LIKE,
    UPDATE_LIKE,
    DELETE_LIKE,
    ARITHMETIC_LIKE,
    OTHER
  }

  private final Kind kind;
  private final String configName = name().toLowerCase(Locale.ROOT);

  Operation(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The name in configuration files, such as {@code gets}. */
  public String configName() {
    return configName;
  }

  /** The operation that a configuration file calls {@code configName}; case counts. */
  public static Optional<Operation> named(String configName) {
    return Arrays.stream(values()).filter(each -> each.configName.equals(configName)).findFirst();
  }

  /** What a retrieval does. */
  public static Operation of(Verb retrieval) {
    return switch (retrieval) {
      case GETS -> GETS;
      case GAT -> GAT;
      case GATS -> GATS;
      default -> GET;
    };
  }

  /** What a request does; a meta command what its classic twin does. */
  public static Operation of(Command command) {
    return switch (command.verb()) {
      case GETS -> GETS;
      case GAT -> GAT;
      case GATS -> GATS;
      case SET -> SET;
      case ADD -> ADD;
      case REPLACE -> REPLACE;
      case APPEND -> APPEND;
      case PREPEND -> PREPEND;
      case CAS -> CAS;
      case INCR -> INCR;
      case DECR -> DECR;
      case TOUCH -> TOUCH;
      case DELETE, MD -> DELETE;
      case FLUSH_ALL -> FLUSHALL;
      case MG -> ofMetaGet(command.meta());
      case MS -> ofMetaSet(command.meta());
      case MA -> isDecrement(command.meta().mode()) ? DECR : INCR;
      default -> GET;
    };
  }

  private static Operation ofMetaGet(MetaFlags flags) {
    if (flags.has('T')) {
      return flags.has('c') ? GATS : GAT;
    }
    return flags.has('c') ? GETS : GET;
  }

  private static Operation ofMetaSet(MetaFlags flags) {
    if (flags.has('C')) {
      return CAS;
    }
    return switch (flags.mode()) {
      case 'E', 'e' -> ADD;
      case 'R', 'r' -> REPLACE;
      case 'A', 'a' -> APPEND;
      case 'P', 'p' -> PREPEND;
      default -> SET;
    };
  }

  private static boolean isDecrement(byte mode) {
    return mode == 'D' || mode == 'd' || mode == '-';
  }
}
