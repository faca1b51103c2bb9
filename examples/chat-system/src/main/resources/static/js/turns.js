// Work that is asked for more often than it has to be done.

const PAUSE = 1_000;

/** Returns what does some work for a key, one at a time: if it is asked for meanwhile, or tells that it has to be done again, that is so after a pause. */
export function oneAtATime(work) {
  const asked = new Map(); // by key, while its work is done: whether it has to be done again
  return async key => {
    if (asked.has(key)) {
      asked.set(key, true);
      return;
    }
    asked.set(key, false);
    try {
      while (await work(key) || asked.get(key)) {
        await new Promise(done => setTimeout(done, PAUSE));
        asked.set(key, false);
      }
    } finally {
      asked.delete(key); // whatever failed, it can be asked for again
    }
  };
}
