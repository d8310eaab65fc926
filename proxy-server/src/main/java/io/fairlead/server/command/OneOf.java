package io.fairlead.server.command;

import picocli.CommandLine.ITypeConverter;

/** An option that takes one of a few words. */
public abstract class OneOf<E extends Enum<E>> implements ITypeConverter<E> {
  private final E[] constants;

  protected OneOf(E[] constants) {
    this.constants = constants.clone();
  }

  @Override
  public final E convert(String text) {
    return Choices.choose(text, constants);
  }
}
