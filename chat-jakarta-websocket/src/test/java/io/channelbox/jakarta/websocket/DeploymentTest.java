package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.jakarta.websocket.ChatEndpointsTest.Silent;
import jakarta.servlet.ServletContext;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeploymentTest {

    private static final ConsumerOptions COMPRESSING = ConsumerOptions.DEFAULT.allowingCompression();

    private final ChannelBox box = ChannelBox.builder().build();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Deployment.class);
    private final ListAppender<ILoggingEvent> records = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        records.start();
        logger.addAppender(records);
    }

    @AfterEach
    void close() {
        logger.detachAppender(records);
        logger.setAdditive(true);
        logger.setLevel(null);
        box.close();
    }

    @Test
    void compressionThatTheContainerHasNotIsWarnedOfOnce() {
        ChatEndpoints.of(box)
                .mount("/plain", Silent::new)
                .mount("/news", COMPRESSING, Silent::new)
                .mount("/chat/{room}", COMPRESSING, Silent::new)
                .deployTo(application(Set.of()));

        assertEquals(
                List.of("Undertow - 2.3.24.Final has no permessage-deflate installed, so nothing is compressed at"
                        + " [/news, /chat/{room}], whatever allowingCompression() says"),
                warnings());
    }

    @Test
    void compressionThatTheContainerHasIsNotWarnedOf() {
        ChatEndpoints.of(box)
                .mount("/news", COMPRESSING, Silent::new)
                .deployTo(application(Set.of(named("permessage-deflate"))));

        assertEquals(List.of(), warnings());
    }

    @Test
    void compressionThatNobodyAskedForIsNotWarnedOf() {
        ChatEndpoints.of(box).mount("/plain", Silent::new).deployTo(application(Set.of()));

        assertEquals(List.of(), warnings());
    }

    private List<String> warnings() {
        return records.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static ServletContext application(Set<Extension> installed) {
        ServerContainer container = proxy(
                ServerContainer.class,
                (proxy, method, arguments) -> method.getName().equals("getInstalledExtensions") ? installed : null);
        return proxy(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getServerInfo" -> "Undertow - 2.3.24.Final";
            case "getAttribute" -> arguments[0].equals(ServerContainer.class.getName()) ? container : null;
            case "addFilter" -> throw new UnsupportedOperationException("it is too late for that");
            default -> null;
        });
    }

    private static Extension named(String name) {
        return proxy(Extension.class, (proxy, method, arguments) -> name);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
