package io.channelbox.jakarta.websocket;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a container asks during the handshake. It overrides everything and calls no super method, because those look up the
 * defaults of whichever container the class loader finds first.
 */
final class MountConfigurator extends ServerEndpointConfig.Configurator {

    private static final String ADMISSION = Admission.class.getName();
    private static final String COMPRESSION = "permessage-deflate";

    private final Mount mount;
    private final Reception reception;
    private final Supplier<ChatEndpoint> endpoints;

    MountConfigurator(Mount mount, Reception reception, Supplier<ChatEndpoint> endpoints) {
        this.mount = mount;
        this.reception = reception;
        this.endpoints = endpoints;
    }

    /** Returns what {@link #modifyHandshake} left for the open session; empty on a container that does not carry it over. */
    static Optional<Admission> admission(Map<String, Object> userProperties) {
        return Optional.ofNullable((Admission) userProperties.get(ADMISSION));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(endpoints.get());
    }

    /** Always true: without the Host header the origin means nothing. The {@link Reception} looks at both. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    /** As the handshake says. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return mount.subprotocols().agreedOn(requested).orElse("");
    }

    /** None but compression, where the mount allows it. Of several offers of it the first is what the client prefers. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        if (!mount.options().compressing() || !canCompress(installed)) {
            return List.of();
        }
        return requested.stream()
                .filter(MountConfigurator::isCompression)
                .limit(1)
                .toList();
    }

    /** Tells whether a container with these extensions compresses. */
    static boolean canCompress(Collection<Extension> installed) {
        return installed.stream().anyMatch(MountConfigurator::isCompression);
    }

    private static boolean isCompression(Extension extension) {
        return extension.getName().equals(COMPRESSION);
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Admission admission = reception.underWay().orElseGet(() -> admit(request));
        config.getUserProperties().put(ADMISSION, admission);
    }

    private Admission admit(HandshakeRequest request) {
        return HandshakeCopy.of(request, mount)
                .map(reception::admit)
                .orElseGet(() -> Admission.unasked(
                        Handshake.at(mount.path().value()).build(), AuthResult.notFound("nothing at this path")));
    }
}
