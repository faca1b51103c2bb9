// Why nothing can be said in a conversation at the moment, and when that ends.

import { dayOf, timeOf } from '/js/dom.js';

/** Returns the reason as `{text, until}`, or null where one may speak. */
export function closedBecause({ about, own, saidAt }, now = Date.now()) {
  if (!about.is_active) return { text: 'This group is archived.' };
  if (own?.is_muted) {
    const until = own.muted_until ? Date.parse(own.muted_until) : null;
    if (until === null) return { text: 'You are muted here until somebody gives you your voice again.' };
    if (until > now) return { text: `You are muted here until ${momentOf(until, now)}.`, until };
  }
  if (own?.role !== 'member') return null;
  if (about.is_frozen) return { text: 'This group is frozen: only admins speak at the moment.' };
  const next = about.slow_mode_seconds > 0 && saidAt ? saidAt + about.slow_mode_seconds * 1_000 : 0;
  return next > now ? { text: `Slow mode: a message every ${spanOf(about.slow_mode_seconds)}.`, until: next } : null;
}

export const momentOf = (at, now = Date.now()) =>
  new Date(at).toDateString() === new Date(now).toDateString() ? timeOf(at) : `${dayOf(at)}, ${timeOf(at)}`;

export function spanOf(seconds) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}
