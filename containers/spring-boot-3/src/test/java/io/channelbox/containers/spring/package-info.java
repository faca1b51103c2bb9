/** The library in an application of Spring Boot 3.5. */
@NullMarked
package io.channelbox.containers.spring;

import org.jspecify.annotations.NullMarked;
