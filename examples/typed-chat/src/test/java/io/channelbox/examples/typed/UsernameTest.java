package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @ValueSource(strings = {"ann", "Ann O'Neil", "jean-luc", "आनंद", "王小明", "007"})
    void namesOfAllKindsAreTaken(String name) {
        assertEquals(Optional.of(new Username(name)), Username.of("  " + name + " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "a  b",
                "<b>",
                "a\tb",
                "a\u200bb",
                "ann.",
                "12345678901234567890123456789012345678901"
            })
    void whatCannotBeToldApartOrReadIsNot(String name) {
        assertEquals(Optional.empty(), Username.of(name));
    }
}
