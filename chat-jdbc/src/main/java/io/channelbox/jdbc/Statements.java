package io.channelbox.jdbc;

/** Does statements in the one transaction of some work, as long as it lasts. */
interface Statements {

    <T> T in(Work<T> work);

    default void run(Step step) {
        in(open -> {
            step.in(open);
            return true;
        });
    }
}
