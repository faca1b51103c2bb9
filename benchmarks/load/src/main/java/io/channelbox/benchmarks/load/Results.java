package io.channelbox.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** The figures of all candidates, workloads and rounds, as tables. */
final class Results {

    private final Optional<String> base;
    private final Map<Workload, Map<String, List<Figures>>> figures = new LinkedHashMap<>();
    private final Map<String, String> bases = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Compared with this candidate, or each with the hand-written endpoint in its own container. */
    Results(Optional<String> base) {
        this.base = base;
    }

    void add(Workload workload, Candidate candidate, Figures ofOneRound) {
        figures.computeIfAbsent(workload, w -> new LinkedHashMap<>())
                .computeIfAbsent(candidate.name(), c -> new ArrayList<>())
                .add(ofOneRound);
        bases.put(candidate.name(), candidate.base());
    }

    /** Notes that a candidate did not get through. */
    void addFailure(String text) {
        failures.add(text);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    boolean hasFigures() {
        return !figures.isEmpty();
    }

    /** One Markdown table for each workload. */
    String tables() {
        var text = new StringBuilder();
        figures.forEach((workload, rows) -> {
            text.append("\n**")
                    .append(workload.name())
                    .append("**, ")
                    .append(workload.description())
                    .append("\n\n")
                    .append(table(rows));
        });
        failures.forEach(failure -> text.append("\n- ").append(failure).append('\n'));
        return text.toString();
    }

    private String table(Map<String, List<Figures>> rows) {
        List<Figure> columns = Arrays.stream(Figure.values())
                .filter(figure -> rows.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(round -> round.get(figure).isPresent()))
                .toList();
        var text = new StringBuilder("| server |");
        columns.forEach(column -> text.append(' ').append(column.title()).append(" |"));
        text.append(" CPU saturated, at 20,000/s, as shares |\n|---|")
                .append("---|".repeat(columns.size() + 1))
                .append('\n');
        rows.forEach((candidate, rounds) -> {
            text.append("| ").append(candidate).append(" |");
            columns.forEach(
                    column -> text.append(' ').append(cell(column, rounds)).append(" |"));
            text.append(' ').append(ratios(candidate, rounds, rows)).append(" |\n");
        });
        return text.toString();
    }

    private static String cell(Figure figure, List<Figures> rounds) {
        return Spread.of(rounds.stream().map(round -> round.get(figure)).toList())
                .format(figure::format);
    }

    /** Round by round, so that what the machine did in one of them concerns both sides. */
    private String ratios(String candidate, List<Figures> rounds, Map<String, List<Figures>> rows) {
        String other = base.orElseGet(() -> Objects.requireNonNull(bases.get(candidate)));
        return Optional.ofNullable(rows.get(other))
                .map(ofBase -> ratio(Figure.CPU_SATURATED, rounds, ofBase) + ", "
                        + ratio(Figure.CPU_PACED, rounds, ofBase) + " of " + other)
                .orElse("");
    }

    private static String ratio(Figure figure, List<Figures> rounds, List<Figures> ofBase) {
        List<OptionalDouble> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(rounds.size(), ofBase.size()); i++) {
            OptionalDouble own = rounds.get(i).get(figure);
            OptionalDouble base = ofBase.get(i).get(figure);
            if (own.isPresent() && base.isPresent()) {
                ratios.add(OptionalDouble.of(own.getAsDouble() / base.getAsDouble()));
            }
        }
        return Spread.of(ratios).format(value -> String.format("%.2f", value));
    }
}
