package io.fairlead.benchmarks;

import io.fairlead.benchmarks.load.GeneratorSettings;
import io.fairlead.benchmarks.load.Measurement;
import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import io.fairlead.benchmarks.peers.Backends;
import io.fairlead.benchmarks.peers.OwnedProcesses;
import io.fairlead.benchmarks.peers.RunningPeer;
import io.fairlead.benchmarks.report.Slice;
import io.fairlead.benchmarks.report.Slices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which peers are loaded. All of them run all the time, those without load do nothing;
 * one is loaded for a second, then the next, forth and back (A B C, C B A, …). So the slices that
 * are compared lie next to each other in time, and no peer is always first.
 */
final class Measuring {
  private final Options options;
  private final Backends backends;
  private final OwnedProcesses processes;
  private final Slices slices;
  private final Set<Process> warmed = new HashSet<>();

  Measuring(Options options, Backends backends, OwnedProcesses processes, Slices slices) {
    this.options = options;
    this.backends = backends;
    this.processes = processes;
    this.slices = slices;
  }

  /** Starts the peers anew and measures all scenarios on them. */
  void session(int session) throws IOException, InterruptedException {
    for (boolean isReplicated : new boolean[] {false, true}) {
      List<Scenario> scenarios =
          options.scenarios.stream().filter(s -> s.isReplicated() == isReplicated).toList();
      if (scenarios.isEmpty()) {
        continue;
      }
      List<RunningPeer> peers = startPeers(isReplicated);
      for (Scenario scenario : scenarios) {
        if (peers.isEmpty()) {
          System.err.println(scenario + ": no peer can do it");
          continue;
        }
        scenario(scenario, session, peers);
      }
      peers.forEach(peer -> processes.end(peer.process()));
    }
  }

  private List<RunningPeer> startPeers(boolean isReplicated)
      throws IOException, InterruptedException {
    List<RunningPeer> running = new ArrayList<>();
    for (var peer : options.peers.entrySet()) {
      RunningPeer.start(
              peer.getKey(), peer.getValue(), options.root, backends, isReplicated, processes)
          .ifPresent(running::add);
    }
    return running;
  }

  private void scenario(Scenario scenario, int session, List<RunningPeer> peers)
      throws IOException {
    Map<String, GeneratorSettings.LoadedPeer> loaded = new LinkedHashMap<>();
    for (RunningPeer peer : peers) {
      loaded.put(
          peer.name(),
          new GeneratorSettings.LoadedPeer(peer.port(), peer.speaksTls(), peer.pids()));
    }
    double rate = options.openRate(scenario);
    try (GeneratorProcess generator =
        new GeneratorProcess(
            processes, new GeneratorSettings(scenario, rate, loaded, backends.pids()))) {
      for (RunningPeer peer : peers) {
        generator.preload(peer.name());
      }
      pacing(scenario, Pacing.CLOSED, session, peers, generator);
      if (rate > 0) {
        pacing(scenario, Pacing.OPEN, session, peers, generator);
      }
    }
  }

  private void pacing(
      Scenario scenario,
      Pacing pacing,
      int session,
      List<RunningPeer> peers,
      GeneratorProcess generator)
      throws IOException {
    System.err.println(scenario + " " + pacing + ", session " + (session + 1));
    for (RunningPeer peer : peers) {
      boolean isCold = warmed.add(peer.process()) && peer.isJvm();
      double seconds = isCold ? options.firstWarmupSeconds : options.warmupSeconds;
      generator.warm(peer.name(), pacing, seconds);
    }
    List<RunningPeer> turn = new ArrayList<>(peers);
    for (int round = 0; round < options.rounds; round++) {
      long seed = 1000L * session + round + 1;
      for (RunningPeer peer : turn) {
        Measurement measured =
            generator.slice(peer.name(), pacing, options.settleSeconds, options.sliceSeconds, seed);
        slices.add(new Slice(scenario, pacing, peer.name(), session, round, measured));
      }
      Collections.reverse(turn);
    }
  }
}
