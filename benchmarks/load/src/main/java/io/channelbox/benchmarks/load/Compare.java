package io.channelbox.benchmarks.load;

/** Runs all candidates in turns and prints what they cost. */
public final class Compare {

    private Compare() {}

    public static void main(String[] arguments) {
        Candidate.all().forEach(candidate -> System.out.println(candidate.name()));
    }
}
