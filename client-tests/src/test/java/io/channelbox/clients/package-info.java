/** The clients in JavaScript and Java against a real server. Start with {@code JavaScriptTest}, which runs the files of src/test/js. */
@NullMarked
package io.channelbox.clients;

import org.jspecify.annotations.NullMarked;
