/**
 * Servers and clients for tests: real memcached processes, scripted and faulty backends, a client
 * that compares bytes, and the reader of recorded edge cases.
 *
 * <p>Start reading at {@link io.fairlead.testkit.Memcached} for something that answers, at {@link
 * io.fairlead.testkit.ScriptedBackend}, {@link io.fairlead.testkit.FaultProxy} and {@link
 * io.fairlead.testkit.FaultyMemcached} for something that misbehaves, and at {@link
 * io.fairlead.testkit.RawClient} to talk to either. The package knows nothing of the proxy: it is
 * what the proxy is tested against.
 *
 * <p>Throughout, a {@code String} of wire data holds one byte per character (Latin-1). Every thread
 * started here is a daemon, every child process is destroyed when the JVM ends.
 */
@NullMarked
package io.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
