package io.channelbox.testkit;

import io.channelbox.message.TypeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A protocol with something of everything. */
sealed interface Spoken {

    @TypeName("said")
    record Said(String text, Optional<String> roomName, long sentAt) implements Spoken {
        public Said {
            Objects.requireNonNull(text, "text");
        }
    }

    @TypeName("waved")
    record Waved() implements Spoken {}

    @TypeName("drawn")
    record Drawn(Shape mainShape, List<Shape> others, Map<String, Shape> byName) implements Spoken {
        public Drawn {
            Objects.requireNonNull(mainShape, "mainShape");
            others = List.copyOf(others);
            byName = Map.copyOf(byName);
        }
    }

    sealed interface Shape {

        @TypeName("circle")
        record Circle(double radius) implements Shape {}

        @TypeName("nothing")
        record Nothing() implements Shape {}

        @TypeName("dated")
        record Dated(Instant at) implements Shape {}
    }
}
