/**
 * A chat whose conversations are kept, for an application on Spring Boot. Start with {@link io.channelbox.examples.system.ChatConfiguration}, which says what
 * it is made of.
 */
@NullMarked
package io.channelbox.examples.system;

import org.jspecify.annotations.NullMarked;
