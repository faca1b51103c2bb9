package io.channelbox.containers.undertow;

import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;

final class ChatOnUndertow {

    static Undertow start(ChatEndpoints endpoints, int port) throws ServletException {
        var webSockets = new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(true, 1024));
        DeploymentManager application = Servlets.defaultContainer()
                .addDeployment(Servlets.deployment()
                        .setDeploymentName("chat")
                        .setContextPath("/")
                        .setClassLoader(ChatOnUndertow.class.getClassLoader())
                        .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, webSockets)
                        .addServletExtension((info, context) -> endpoints.deployTo(context)));
        application.deploy();
        Undertow server = Undertow.builder()
                .addHttpListener(port, "localhost")
                .setHandler(application.start())
                .build();
        server.start();
        return server;
    }
}
