package io.fairlead.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a request, in mcrouter's words; routes compare replies by it.
 *
 * <p>{@link #severity} orders them: of several replies to one request, the worst is the one with
 * the highest.
 */
public enum Result {
  DELETED(1),
  TOUCHED(1),
  FOUND(1),
  OK(1),
  STORED(1),
  EXISTS(1),
  NOTFOUND(4),
  NOTSTORED(4),
  TIMEOUT(5),
  CONNECT_TIMEOUT(5),
  CONNECT_ERROR(5),
  BUSY(5),
  TRY_AGAIN(5),
  SHUTDOWN(5),
  /** The server is ejected. */
  TKO(5),
  DEADLINE_EXCEEDED(6),
  REMOTE_ERROR(7),
  LOCAL_ERROR(8),
  CLIENT_ERROR(9);

  private static final int WORST_WITHOUT_ERROR = 4;

  private final int severity;
  private final String configName = name().toLowerCase(Locale.ROOT);

  Result(int severity) {
    this.severity = severity;
  }

  public int severity() {
    return severity;
  }

  /** Whether the request was not served; that a key is not there is no error. */
  public boolean isError() {
    return severity > WORST_WITHOUT_ERROR;
  }

  /** Whether another server may do better, unless told otherwise. */
  public boolean isFailover() {
    return isError() && this != CLIENT_ERROR;
  }

  /** Whether the key was there. */
  public boolean isHit() {
    return this == FOUND || this == DELETED || this == TOUCHED;
  }

  /** The name in configuration files, such as {@code connect_error}. */
  public String configName() {
    return configName;
  }

  /** The result that a configuration file calls {@code configName}; case counts. */
  public static Optional<Result> named(String configName) {
    return Arrays.stream(values()).filter(each -> each.configName.equals(configName)).findFirst();
  }
}
