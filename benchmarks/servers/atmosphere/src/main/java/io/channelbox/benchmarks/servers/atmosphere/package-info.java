/** Atmosphere. Start at {@link AtmosphereServer}. */
package io.channelbox.benchmarks.servers.atmosphere;
