package io.channelbox.asyncapi;

import io.channelbox.auth.AuthResult;
import io.channelbox.consumer.AuthenticationReply;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ErrorReply;
import io.channelbox.consumer.TopicError;
import io.channelbox.message.PeerException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a consumer answers by methods that an application may override. Then it is known only if the method names a class as
 * what it returns.
 */
final class OwnAnswers {

    private OwnAnswers() {}

    /** Returns what mistakes are answered with. */
    static Optional<Class<?>> toMistakes(Class<?> consumer) {
        Method method = method(consumer, "errorReply", PeerException.class);
        Class<?> ours = method.getDeclaringClass() == ChannelConsumer.class ? ErrorReply.class : TopicError.class;
        return answer(method, ours);
    }

    /** Returns what tells the result of a handshake. */
    static Optional<Class<?>> toHandshakes(Class<?> consumer) {
        return answer(method(consumer, "authenticationReply", AuthResult.class), AuthenticationReply.class);
    }

    private static Optional<Class<?>> answer(Method method, Class<?> ours) {
        boolean isOurs = method.getDeclaringClass().getPackage() == ChannelConsumer.class.getPackage();
        return isOurs
                ? Optional.of(ours)
                : Optional.<Class<?>>of(method.getReturnType()).filter(type -> type != Object.class);
    }

    /** Returns the method that is called on an object of the class. */
    private static Method method(Class<?> consumer, String name, Class<?> parameter) {
        for (Class<?> type = consumer; type != Object.class; type = type.getSuperclass()) {
            Optional<Method> declared = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name) && !method.isBridge())
                    .filter(method -> List.of(method.getParameterTypes()).equals(List.of(parameter)))
                    .findFirst();
            if (declared.isPresent()) {
                return declared.get();
            }
        }
        throw new IllegalStateException(consumer.getName() + " is no consumer");
    }
}
