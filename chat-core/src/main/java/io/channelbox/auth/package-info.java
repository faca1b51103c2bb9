/**
 * Floor 1: who opens a connection, and what is known of how they asked. Start with
 * {@link io.channelbox.auth.Authenticator}.
 */
@NullMarked
package io.channelbox.auth;

import org.jspecify.annotations.NullMarked;
