/** The REST API: what requests and answers look like, and who may ask. */
@NullMarked
package io.channelbox.examples.system.rest;

import org.jspecify.annotations.NullMarked;
