/**
 * Floor 6: the protocol of an application as an AsyncAPI 3.0 document and as a page to read, made from what is mounted. Start
 * with {@link io.channelbox.asyncapi.AsyncApi}.
 */
@NullMarked
package io.channelbox.asyncapi;

import org.jspecify.annotations.NullMarked;
