package io.channelbox.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a message on the wire: what the discriminator of a frame says, as in {@code {"type":"chat"}}. It is part of
 * the application's protocol and does not change when the class is renamed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TypeName {

    /** Returns the name. */
    String value();
}
