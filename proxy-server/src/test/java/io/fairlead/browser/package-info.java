/**
 * A real browser for the tests of the page: headless Chromium, driven over its DevTools protocol.
 */
@NullMarked
package io.fairlead.browser;

import org.jspecify.annotations.NullMarked;
