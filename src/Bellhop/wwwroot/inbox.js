// The keys of the inbox. Each belongs to what says so by aria-keyshortcuts; they are off while somebody writes, and listed under ?.
(() => {
  'use strict';

  const isWriting = target => target.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');

  const step = by => {
    const lines = [...document.querySelectorAll('.cvs a.cv')];
    const at = lines.findIndex(line => line.getAttribute('aria-current') === 'true');
    const to = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by];
    to?.click();
    to?.scrollIntoView({ block: 'nearest' });
  };

  const use = element => {
    if (element.matches('select, textarea, input')) element.focus();
    else element.click();
    if (element.localName === 'select') {
      try { element.showPicker(); } catch { /* the keyboard opens it too */ }
    }
    if (element.localName === 'summary') element.parentElement.querySelector('.sheet :is(button, a, input)')?.focus();
  };

  document.addEventListener('keydown', event => {
    const inbox = document.querySelector('.inbox');
    if (!inbox || event.isComposing || document.querySelector(':modal')) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && event.target.matches?.('textarea[data-send]')) {
      event.preventDefault();
      event.target.form?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'j' || key === 'k') step(key === 'j' ? 1 : -1);
    else {
      const element = [...inbox.querySelectorAll('[aria-keyshortcuts]')].find(one => one.getAttribute('aria-keyshortcuts') === (key.length === 1 ? key.toUpperCase() : event.key) && !one.disabled);
      if (!element) return;
      use(element);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Ctrl Enter sends in a panel too.
  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter' || document.querySelector('.inbox') || !event.target.matches?.('textarea[data-send]')) return;
    event.preventDefault();
    event.target.form?.requestSubmit();
  });

  // A saved reply goes in where the keyboard was.
  window.bellhopInbox = {
    insert: (id, text) => {
      const field = document.getElementById(id);
      if (!field) return;
      field.focus();
      field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  };
})();
