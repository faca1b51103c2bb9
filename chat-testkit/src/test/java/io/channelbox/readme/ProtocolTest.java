package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.asyncapi.AsyncApi;
import io.channelbox.consumer.EndpointDescription;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolTest {

    private final AsyncApi protocol = AsyncApi.of(
                    "Board", "1.0.0", List.of(EndpointDescription.of("/board/{id}", BoardConsumer::new)))
            .describedAs("Boards that everybody can write on.")
            .servedAt(URI.create("wss://board.example"))
            .withErrorCode("alone", "nobody whispers to themselves");

    @Test
    void theProtocolIsWrittenForProgramsAndForPeople(@TempDir Path site) throws IOException {
        protocol.writeTo(site.resolve("asyncapi.yaml"));
        protocol.writeTo(site.resolve("index.html"));

        assertTrue(Files.readString(site.resolve("asyncapi.yaml")).contains("address: \"/board/{id}\""));
        assertTrue(Files.readString(site.resolve("index.html")).contains("nobody whispers to themselves"));
    }
}
