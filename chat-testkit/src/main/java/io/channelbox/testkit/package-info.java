/**
 * Tests for consumers without a network, threads or sleeps, and contracts for whoever implements an SPI. Start with
 * {@link io.channelbox.testkit.TestChat}; in JUnit 5 and later with {@link io.channelbox.testkit.ChatExtension}.
 */
@NullMarked
package io.channelbox.testkit;

import org.jspecify.annotations.NullMarked;
