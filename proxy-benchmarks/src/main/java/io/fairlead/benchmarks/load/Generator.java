package io.fairlead.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The main class of the generator process: one order a line on standard input, one answer a line on
 * standard output, until the input ends.
 *
 * <pre>
 *   preload PEER                               ok
 *   warm PEER PACING SECONDS                   ok
 *   slice PEER PACING SETTLE SECONDS SEED      a {@link Measurement}
 *   anything that goes wrong                   failed: why
 * </pre>
 *
 * <p>It is a process of its own so that its compiler and collector are not those of the program
 * that reads clocks, and so that its CPU time can be told from that of everything else.
 */
public final class Generator {
  /** How the answer to an order that failed begins. */
  public static final String FAILED = "failed: ";

  private Generator() {}

  /** Runs the generator with the arguments of {@link GeneratorSettings#toArguments}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var input = new InputStreamReader(System.in, StandardCharsets.US_ASCII);
    try (BufferedReader orders = new BufferedReader(input);
        LoadSession session = new LoadSession(GeneratorSettings.of(args))) {
      System.out.println("ok");
      String order = orders.readLine();
      while (order != null) {
        System.out.println(answer(session, order.split(" ", -1)));
        order = orders.readLine();
      }
    }
  }

  private static String answer(LoadSession session, String[] words) throws InterruptedException {
    try {
      switch (words[0]) {
        case "preload" -> session.preload(words[1]);
        case "warm" -> session.warm(words[1], Pacing.valueOf(words[2]), number(words[3]));
        case "slice" -> {
          Pacing pacing = Pacing.valueOf(words[2]);
          double settle = number(words[3]);
          long seed = Long.parseLong(words[5]);
          return session.slice(words[1], pacing, settle, number(words[4]), seed).toLine();
        }
        default -> {
          return FAILED + "unknown order " + words[0];
        }
      }
      return "ok";
    } catch (IOException e) {
      return FAILED + e.getMessage() + (e.getCause() == null ? "" : " (" + e.getCause() + ")");
    }
  }

  private static double number(String word) {
    return Double.parseDouble(word);
  }
}
