package io.fairlead.server.command;

import picocli.CommandLine.Option;

/** How a command prints its result. */
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORM",
      converter = Choices.Formats.class,
      description = "text (default), or json: one object on a line.")
  private Format format = Format.TEXT;

  /** Whether programs read it. */
  public boolean isJson() {
    return format == Format.JSON;
  }
}
