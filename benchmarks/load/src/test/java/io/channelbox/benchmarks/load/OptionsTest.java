package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void whatIsNotSaidIsEverythingThreeTimes() {
        Options options = Options.parse();

        assertEquals(3, options.rounds());
        assertEquals(
                Workload.names(),
                options.workloads().stream().map(Workload::name).toList());
    }

    @Test
    void whatIsSaidIsDone() {
        Options options =
                Options.parse("--quick", "--candidates", "netty", "--seconds", "4", "--jvm", "-Xint -verbose");

        assertEquals(1, options.rounds());
        assertEquals(
                List.of("netty"),
                options.candidates().stream().map(Candidate::name).toList());
        assertEquals(Timing.quick().measuring(4), options.timing());
        assertEquals(List.of("-Xint", "-verbose"), options.jvmOptions());
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsRun() {
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--workloads", "w3"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--candidates", "tomcat"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--rounds", "0"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--java", "/nowhere"));
        var noNumber = assertThrows(IllegalArgumentException.class, () -> Options.parse("--seconds", "abc"));
        assertTrue(noNumber.toString().contains("--seconds must be a number, was abc"), noNumber::toString);
    }

    @Test
    void whatIsUnknownIsRefusedWithWhatThereIs() {
        var unknown = assertThrows(IllegalArgumentException.class, () -> Options.parse("--round", "3"));

        assertTrue(unknown.toString().contains("--rounds"));
    }
}
