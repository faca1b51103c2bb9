/**
 * Floor 1: who opens a connection, what is known of how they asked, and what they may do then. Start with
 * {@link io.channelbox.auth.Authenticator} and {@link io.channelbox.auth.AccessPolicy}.
 */
@NullMarked
package io.channelbox.auth;

import org.jspecify.annotations.NullMarked;
