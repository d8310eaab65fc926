package io.fairlead.book;

import java.util.List;

/** What a reader of a page does, from top to bottom. */
sealed interface Step {
  /**
   * Writes a file that the page shows, in a block that begins with {@code ```yaml file=NAME}, or
   * does not show, between {@code <!-- file NAME} and {@code -->}.
   *
   * @param name of the file, in the folder of the reader
   */
  record Write(String name, String content) implements Step {
    static Write of(String name, List<String> lines) {
      return new Write(name, String.join("\n", lines) + "\n");
    }
  }

  /**
   * Takes a file of the repository: {@code <!-- file NAME is PATH -->}, which readers do not see.
   */
  record Take(String name, String path) implements Step {}

  /**
   * Types a command.
   *
   * @param line of the page, from 1
   * @param command what stands behind {@code $}, with the lines that go on behind a backslash
   * @param output what stands below it
   */
  record Type(int line, String command, List<String> output) implements Step {
    /** Whether it goes on running when the next one is typed. */
    boolean isBackground() {
      return command.endsWith("&");
    }
  }
}
