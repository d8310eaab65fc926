package io.fairlead.server.introspection;

/** What was noted lately: the latest sample, and what had been counted minutes ago. */
record Sampled(Sample latest, RateWindow window) {}
