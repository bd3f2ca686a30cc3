// Two guests side by side: the keys that take a side, go from value to value and merge. Off while somebody writes or a panel is open.
(() => {
  'use strict';

  const isWritten = target => target.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');

  // From the chosen value of one row to that of the next; the browser's own arrows go from side to side.
  const step = (table, by) => {
    const rows = [...table.querySelectorAll('tbody tr')].filter(row => row.querySelector('input'));
    const at = rows.findIndex(row => row.contains(document.activeElement));
    const row = at < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    (row?.querySelector('input:checked') ?? row?.querySelector('input'))?.focus();
  };

  document.addEventListener('keydown', event => {
    const table = document.querySelector('table.vs');
    if (!table || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWritten(event.target) || document.querySelector(':modal')) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by && (table.contains(event.target) || event.target.matches('body, main, h1'))) {
      event.preventDefault();
      step(table, by);
      return;
    }
    const button = ['1', '2', 'm', 'j'].includes(event.key) && document.querySelector(`.merge [aria-keyshortcuts="${event.key.toUpperCase()}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
