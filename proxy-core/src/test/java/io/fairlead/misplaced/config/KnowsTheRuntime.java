package io.fairlead.misplaced.config;

import io.fairlead.misplaced.runtime.ReadsYaml;

/** Settings are data: they start nothing. */
public class KnowsTheRuntime {
  ReadsYaml started = new ReadsYaml();
}
