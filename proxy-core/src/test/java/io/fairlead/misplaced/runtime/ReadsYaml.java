package io.fairlead.misplaced.runtime;

import org.yaml.snakeyaml.Yaml;

/** Should be given settings. */
public class ReadsYaml {
  Yaml yaml = new Yaml();
}
