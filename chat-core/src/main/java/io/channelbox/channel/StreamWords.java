package io.channelbox.channel;

/** The words in which a member of a topic is told of its stream: objects that its codec writes. Called on any thread, without any lock. */
public interface StreamWords {

    /** Tells whether the member keeps in mind where it is, and so is told as soon as a topic that had kept nothing has a position. */
    boolean follows();

    /** Returns what is told first. */
    Object started(StreamStart start);

    /** Returns what is told in the place of messages that were lost after that. */
    Object lost(Loss loss);

    /** Returns what is told last, when the messages could not be read any further and the membership has ended. */
    Object broken();
}
