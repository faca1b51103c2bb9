/**
 * What must hold in every container. Extend {@link io.channelbox.containers.ServletContainerSuite}, or
 * {@link io.channelbox.containers.ContainerSuite} where there are no servlets, and start the container. The tests are in one interface
 * for each subject, from how connections open to how they end.
 */
@NullMarked
package io.channelbox.containers;

import org.jspecify.annotations.NullMarked;
