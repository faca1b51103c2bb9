package io.channelbox.benchmarks.nodes;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeveralNodesTest {

    @Test
    void whoIsHereIsReadOnAnotherNode() throws Exception {
        SeveralNodes.run(List.of("presence"), Size.QUICK);
    }
}
