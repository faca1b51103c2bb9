// How a list of messages, the oldest first, is changed by what is told of them.

/** Puts a message in its place, once. */
export function put(messages, message) {
  const known = messages.find(each => each.id === message.id);
  if (known) {
    Object.assign(known, message);
    return;
  }
  const at = messages.findIndex(each => each.id > message.id);
  messages.splice(at < 0 ? messages.length : at, 0, { reactions: [], ...message });
}

/** Counts a reaction that came or went. */
export function react(messages, { message_id, user_id, emoji, is_added }, me) {
  const message = messages.find(each => each.id === message_id);
  if (!message) return;
  let reaction = message.reactions.find(each => each.emoji === emoji);
  if (!reaction) message.reactions.push((reaction = { emoji, count: 0, mine: false }));
  reaction.count += is_added ? 1 : -1;
  if (user_id === me.id) reaction.mine = is_added;
  message.reactions = message.reactions.filter(each => each.count > 0);
}
