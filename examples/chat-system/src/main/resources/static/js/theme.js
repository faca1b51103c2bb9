// Light or dark: as the system has it, unless this browser was told otherwise.

import { byId, icon } from '/js/dom.js';

const THEMES = ['system', 'light', 'dark'];
let theme = THEMES.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'system';

function show() {
  document.documentElement.dataset.theme = theme;
  const label = `Theme: ${theme === 'system' ? 'as the system' : theme}`;
  byId('theme').setAttribute('aria-label', label);
  byId('theme').title = label;
  byId('theme').replaceChildren(icon(theme));
}

byId('theme').addEventListener('click', () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  localStorage.setItem('theme', theme);
  show();
});

show();
