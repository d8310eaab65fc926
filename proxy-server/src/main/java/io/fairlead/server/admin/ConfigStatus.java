package io.fairlead.server.admin;

import java.time.Instant;
import java.util.List;

/**
 * The configuration in use, and what became of attempts to read it again.
 *
 * @param hash the MD5 of the file that is in use
 * @param loadedAt when that was read
 * @param successes attempts after which it was in use
 * @param failures attempts that were refused
 * @param problems why the last attempt was refused; none when it was not
 * @param takeRestart the keys of what the file says and only a restart can take
 */
public record ConfigStatus(
    String hash,
    Instant loadedAt,
    long successes,
    long failures,
    List<String> problems,
    List<String> takeRestart) {
  public ConfigStatus {
    problems = List.copyOf(problems);
    takeRestart = List.copyOf(takeRestart);
  }

  /** After the start. */
  public static ConfigStatus beginning(String hash) {
    return new ConfigStatus(hash, Instant.now(), 0, 0, List.of(), List.of());
  }

  /** After another configuration was taken. */
  public ConfigStatus loaded(String next, List<String> needRestart) {
    return new ConfigStatus(next, Instant.now(), successes + 1, failures, List.of(), needRestart);
  }

  /** After another configuration was refused. */
  public ConfigStatus refused(List<String> why) {
    return new ConfigStatus(hash, loadedAt, successes, failures + 1, why, takeRestart);
  }

  /** Whether the file is the configuration in use, as far as is known. */
  public boolean isInUse() {
    return problems.isEmpty();
  }

  /** What an operator should know, a line each; empty when all is well. */
  String remarks() {
    StringBuilder lines = new StringBuilder();
    for (String problem : problems) {
      lines.append("the file is not in use: ").append(problem).append('\n');
    }
    for (String key : takeRestart) {
      lines.append("takes a restart: ").append(key).append('\n');
    }
    return lines.toString();
  }
}
