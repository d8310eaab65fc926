package io.fairlead.benchmarks;

import io.fairlead.benchmarks.load.Generator;
import io.fairlead.benchmarks.load.GeneratorSettings;
import io.fairlead.benchmarks.load.Measurement;
import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.peers.OwnedProcesses;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The generator in its own JVM, as this program speaks to it. */
final class GeneratorProcess implements AutoCloseable {
  private final OwnedProcesses processes;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  GeneratorProcess(OwnedProcesses processes, GeneratorSettings settings) throws IOException {
    this.processes = processes;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xms128m", "-Xmx256m"));
    // One collector thread, and nothing written to disk behind our back.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Generator.class.getName());
    command.addAll(settings.toArguments());
    process = processes.startConversation(command);
    orders = process.outputWriter();
    answers = process.inputReader();
    answer();
  }

  void preload(String peer) throws IOException {
    ask("preload " + peer);
  }

  void warm(String peer, Pacing pacing, double seconds) throws IOException {
    ask("warm " + peer + " " + pacing + " " + seconds);
  }

  Measurement slice(String peer, Pacing pacing, double settle, double seconds, long seed)
      throws IOException {
    String order = String.join(" ", "slice", peer, pacing.name(), settle + "", seconds + "");
    return Measurement.parse(ask(order + " " + seed));
  }

  @Override
  public void close() {
    processes.end(process);
  }

  private String ask(String order) throws IOException {
    orders.write(order);
    orders.newLine();
    orders.flush();
    return answer();
  }

  private String answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the load generator ended: " + processes.logTail());
    }
    if (answer.startsWith(Generator.FAILED)) {
      throw new IOException(answer.substring(Generator.FAILED.length()));
    }
    return answer;
  }
}
