// What the parts of the page share: who is here, which conversations there are, and which one is open.

const parts = [];
let drawing = 0;

export const page = {
  me: { id: '', name: '', isModerator: false, blocked: new Set() },
  conversations: new Map(),
  people: new Map(), // who is here
  outbox: null,
  chat: null,
  current: null, // the conversation that is open
  follow: false, // whether what is drawn next goes to the newest message
};

/** Has a part drawn whenever something has changed. */
export const whenDrawn = part => parts.push(part);

/** Draws everything in the next frame, once. */
export function draw() {
  drawing ||= requestAnimationFrame(drawNow);
  if (document.visibilityState === 'hidden') setTimeout(drawNow); // where frames do not come
}

function drawNow() {
  if (!drawing) return;
  cancelAnimationFrame(drawing);
  drawing = 0;
  parts.forEach(part => part());
}
