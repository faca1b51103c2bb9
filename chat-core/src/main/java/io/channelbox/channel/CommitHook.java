package io.channelbox.channel;

/**
 * Runs something when a transaction has committed, and never if it does not: what a transaction manager calls a
 * synchronization. With Spring, for example:
 *
 * <pre>{@code
 * CommitHook spring = action -> TransactionSynchronizationManager.registerSynchronization(
 *         new TransactionSynchronization() {
 *             public void afterCommit() {
 *                 action.run();
 *             }
 *         });
 * }</pre>
 */
@FunctionalInterface
public interface CommitHook {

    /** Runs the action once after the commit of the transaction that is under way; at once, if there is none. */
    void afterCommit(Runnable action);
}
