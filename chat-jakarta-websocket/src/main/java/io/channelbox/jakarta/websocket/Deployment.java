package io.channelbox.jakarta.websocket;

import io.channelbox.auth.PathTemplate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts endpoints and their filter into one web application. */
final class Deployment {

    private static final Logger log = LoggerFactory.getLogger(Deployment.class);

    private static final int THREADS_TO_SPARE = 32;

    private final ServletContext application;

    Deployment(ServletContext application) {
        this.application = application;
    }

    /**
     * Returns how many of the container's threads may be kept for consumers: some, where it is known to have many, and to read nothing
     * more from a peer while its thread is kept.
     */
    int threadsToSpare() {
        String server = String.valueOf(application.getServerInfo()).toLowerCase(Locale.ROOT);
        return server.contains("tomcat") || server.contains("jetty") ? THREADS_TO_SPARE : 0;
    }

    /** Deploys what was not deployed before by the same owner. */
    void deploy(Object owner, List<ServerEndpointConfig> configs, HandshakeFilter filter, List<Mount> mounts) {
        String name = "channelbox "
                + String.join(
                        " ", mounts.stream().map(mount -> mount.path().value()).toList());
        Object before = application.getAttribute(name);
        if (before == owner) {
            return;
        }
        if (before != null) {
            throw new IllegalStateException(
                    "Other endpoints are deployed at the same paths already. Mount all consumers of"
                            + " an application on one ChatEndpoints, and deploy what the last call returned.");
        }
        ServerContainer container = container();
        configs.forEach(config -> add(config, container));
        warnOfMissingCompression(container, mounts);
        addInFront(filter, name, mounts);
        application.setAttribute(name, owner);
    }

    private ServerContainer container() {
        if (application.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container) {
            return container;
        }
        throw new IllegalStateException("This application of " + application.getServerInfo()
                + " has no WebSockets (yet): its attribute " + ServerContainer.class.getName() + " is missing. "
                + cureFor(application.getServerInfo().toLowerCase(Locale.ROOT)));
    }

    private static String cureFor(String server) {
        if (server.contains("tomcat")) {
            return "Put tomcat-embed-websocket on the class path, and for an embedded Tomcat call"
                    + " context.addServletContainerInitializer(new WsSci(), null); then deploy in contextInitialized"
                    + " of a ServletContextListener.";
        }
        if (server.contains("jetty")) {
            return "Deploy in the callback of JakartaWebSocketServletContainerInitializer.configure(context,"
                    + " (application, container) -> endpoints.deployTo(application)).";
        }
        if (server.contains("undertow") || server.contains("wildfly")) {
            return "Give the deployment a WebSocketDeploymentInfo:"
                    + " deployment.addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new"
                    + " WebSocketDeploymentInfo()); then deploy in contextInitialized of a ServletContextListener.";
        }
        return "Switch them on, and deploy in contextInitialized of a ServletContextListener.";
    }

    private void warnOfMissingCompression(ServerContainer container, List<Mount> mounts) {
        List<PathTemplate> wanting = mounts.stream()
                .filter(mount -> mount.options().compressing())
                .map(Mount::path)
                .toList();
        if (!wanting.isEmpty() && !MountConfigurator.canCompress(container.getInstalledExtensions())) {
            log.warn(
                    "{} has no permessage-deflate installed, so nothing is compressed at {}, whatever allowingCompression() says",
                    application.getServerInfo(),
                    wanting);
        }
    }

    private static void add(ServerEndpointConfig config, ServerContainer container) {
        try {
            container.addEndpoint(config);
        } catch (DeploymentException e) {
            throw new IllegalStateException(
                    "Nothing could be deployed at " + config.getPath() + ": " + e.getMessage()
                            + ". Give every endpoint of the application a path of its own.",
                    e);
        }
    }

    /** After the endpoints: containers add their own filter with the first of them, and the last one in is in front. */
    private void addInFront(HandshakeFilter filter, String name, List<Mount> mounts) {
        FilterRegistration.Dynamic registration;
        try {
            registration = application.addFilter(name, filter);
        } catch (IllegalStateException | UnsupportedOperationException tooLate) {
            log.info("{} takes no filter any more, so who is refused gets a close code", application.getServerInfo());
            log.debug("Why it takes no filter", tooLate);
            return;
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST),
                false,
                mounts.stream().map(Mount::urlPattern).distinct().toArray(String[]::new));
    }
}
