package io.channelbox.channel;

import io.channelbox.history.History;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;

/** What members of this node read of histories when they come. */
final class SharedHistory {

    private static final int PAGE = 500;

    private final History history;

    SharedHistory(History history) {
        this.history = history;
    }

    KeptPage after(GroupName group, StreamPosition position) {
        var page = history.read(group, HistoryQuery.after(position, PAGE));
        return KeptPage.of(page, page.more());
    }

    KeptPage latest(GroupName group, int messages) {
        return KeptPage.of(history.read(group, HistoryQuery.latest(messages)), false);
    }

    KeptPage top(GroupName group) {
        KeptPage newest = latest(group, 1);
        return new KeptPage(java.util.List.of(), newest.top(), false, false);
    }
}
