package io.channelbox.examples.typed;

import static io.channelbox.message.PeerException.FAILED;
import static io.channelbox.message.PeerException.UNAVAILABLE;

import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a client is told of what went wrong: where its message does not fit, as a list, or else one sentence. */
@TypeName("error")
record Mistake(@JsonValue Object payload) {

    private static final Pattern BETWEEN_STEPS = Pattern.compile("[.\\[\\]]+");

    record Detail(String detail) {}

    record Misfit(String type, List<Object> loc, String msg) {}

    static Mistake of(PeerException mistake) {
        return switch (mistake.code()) {
            case PeerException.INVALID,
                    PeerException.MALFORMED,
                    PeerException.MISSING_TYPE,
                    PeerException.UNKNOWN_TYPE -> new Mistake(misfits(mistake));
            case FAILED, UNAVAILABLE -> new Mistake(new Detail("Failed to process message"));
            default -> new Mistake(new Detail(mistake.text()));
        };
    }

    private static List<Misfit> misfits(PeerException mistake) {
        List<Problem> problems =
                mistake.problems().isEmpty() ? List.of(new Problem("", mistake.text())) : mistake.problems();
        return problems.stream()
                .map(problem -> new Misfit(mistake.code(), steps(problem.path()), problem.text()))
                .toList();
    }

    /** Returns the path as this dialect has it: {@code payload.items[2]} is {@code ["message","payload","items",2]}. */
    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>(List.of("message"));
        BETWEEN_STEPS
                .splitAsStream(path)
                .filter(step -> !step.isEmpty())
                .forEach(step -> steps.add(step.matches("[0-9]{1,9}") ? Integer.valueOf(step) : step));
        return steps;
    }
}
