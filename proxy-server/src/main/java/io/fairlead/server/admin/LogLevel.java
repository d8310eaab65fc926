package io.fairlead.server.admin;

import java.util.List;

/** How much is logged, which may be changed while the process runs. */
public interface LogLevel {
  /** From the most to the least. */
  List<String> NAMES = List.of("trace", "debug", "info", "warn", "error");

  /** One of the names, or {@code off}. */
  String present();

  /** Changes it to one of the names. */
  void change(String name);
}
