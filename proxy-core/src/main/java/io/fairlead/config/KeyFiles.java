package io.fairlead.config;

import java.nio.file.Path;

/**
 * Who the proxy is to its peers, in PEM.
 *
 * @param certificate the certificate, followed by those that lead to one that the peers trust
 * @param key its private key, which is not encrypted
 */
public record KeyFiles(Path certificate, Path key) {}
