// A page is drawn before its connection is there. What is pressed, ticked or typed meanwhile is kept, and played once the page is live.
(() => {
  'use strict';

  const kept = [];
  let isLive = false;

  // The page is drawn anew when it comes alive. An element is found again by its id, or as one of those that look the same.
  const look = element => [element.localName, element.getAttribute('aria-label') ?? element.textContent.trim(), element.getAttribute('data-act')].join('|');
  const trace = element => {
    if (element.id) return () => document.getElementById(element.id);
    const mine = look(element);
    const same = () => [...document.querySelectorAll(element.localName)].filter(other => look(other) === mine);
    const at = same().indexOf(element);
    return () => same()[at];
  };

  const keep = (element, play) => {
    element.setAttribute('data-waiting', '');
    kept.push({ find: trace(element), play });
  };

  // Links, menus, plain forms and what the browser does itself need no connection.
  const waits = target => {
    const button = target.closest?.('button, input[type="checkbox"], input[type="radio"]');
    if (!button || button.disabled || button.closest('[data-theme-choice], [data-reload], dialog')) return null;
    const form = button.localName === 'button' && button.type === 'submit' ? button.form : null;
    return form?.hasAttribute('action') ? null : button;
  };

  document.addEventListener('click', event => {
    if (isLive || !(event.target instanceof Element)) return;
    if (event.target.closest('a[href]')) event.stopImmediatePropagation(); // the browser follows it; the page would ask a connection for it
    const button = waits(event.target);
    if (!button) return;
    if (button.localName === 'button') {
      event.preventDefault();
      event.stopImmediatePropagation(); // it is played once, not heard now and played again
      if (!button.hasAttribute('data-waiting')) keep(button, again => again.click());
    } else {
      const on = button.checked;
      keep(button, again => again.checked !== on && again.click());
    }
  }, true);

  // What was typed or chosen: only the last of it counts.
  const typed = event => {
    const field = event.target;
    if (isLive || !field.matches?.('input:not([type="checkbox"], [type="radio"], [type="file"]), select, textarea')) return;
    if (!field.hasAttribute('data-waiting') && field.localName === 'select') field.setAttribute('data-waiting', '');
    const value = field.value;
    const find = trace(field);
    const before = kept.findIndex(k => k.field === field);
    if (before >= 0) kept.splice(before, 1);
    kept.push({
      field, find, play: again => {
        again.value = value;
        for (const kind of ['input', 'change']) again.dispatchEvent(new Event(kind, { bubbles: true }));
      },
    });
  };
  document.addEventListener('input', typed, true);
  document.addEventListener('change', typed, true);

  // A form without an address is the page's own: it is sent when the page is live.
  document.addEventListener('submit', event => {
    if (isLive || event.target.hasAttribute('action')) return;
    event.preventDefault();
  }, true);

  let focus = null;
  document.addEventListener('focusin', event => { if (!isLive && event.target.matches('input, textarea, select')) focus = trace(event.target); }, true);

  // A part of the page may still be read when the rest is live: what was pressed there is waited for.
  const found = async find => {
    for (let tries = 0; tries < 400; tries++) {
      const again = find();
      if (again) return again;
      await new Promise(later => setTimeout(later, 25));
    }
    return null;
  };

  const play = async () => {
    isLive = true;
    const field = focus?.();
    if (field && field !== document.activeElement) field.focus();
    for (const { find, play } of kept.splice(0)) {
      const again = await found(find);
      if (again) play(again);
    }
    for (const left of document.querySelectorAll('[data-waiting]')) left.removeAttribute('data-waiting');
  };
  // The page says that it is live once it follows addresses itself: what navigates before that would load the page anew.
  window.early = { live: () => { setTimeout(play, 0); } };

  // Where the connection never comes, whoever pressed something is told.
  setTimeout(() => {
    const failure = document.getElementById('blazor-error-ui');
    if (!isLive && kept.length > 0 && failure) failure.style.display = 'block';
  }, 20_000);
})();
