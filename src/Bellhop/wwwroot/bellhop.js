// What a page does without asking the server: the theme, menus, reloading, focus.
(() => {
  'use strict';

  const themeCookie = 'bellhop-theme';

  document.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : null;
    const choice = target?.closest('[data-theme-choice]')?.dataset.themeChoice;
    if (choice) {
      document.documentElement.dataset.theme = choice;
      document.cookie = `${themeCookie}=${choice}; path=/; max-age=31536000; samesite=lax`;
    }

    if (target?.closest('[data-print]')) print();

    if (target?.closest('[data-reload]')) {
      event.preventDefault();
      location.reload();
    }

    // A click elsewhere closes an open menu; so does one on a link in it, which keeps the keyboard there.
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      const chosen = menu.contains(target);
      if (chosen && !target.closest('a')) continue;
      menu.open = false;
      if (chosen) menu.querySelector('summary')?.focus();
    }
  });

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      event.preventDefault();
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });

  // From one guest to the next, wherever the keyboard is in the panel.
  document.addEventListener('keydown', event => {
    const step = !event.altKey || event.ctrlKey || event.metaKey ? null : event.key === 'ArrowDown' ? 'next' : event.key === 'ArrowUp' ? 'previous' : null;
    const button = step && document.querySelector(`[data-step="${step}"]`);
    if (!button || event.target.closest('select, textarea')) return;
    event.preventDefault();
    button.click();
  });

  // A list's rows are text to the server's drawing: what is pressed or ticked in one is told to the list as one event.
  const act = target => target.dispatchEvent(new CustomEvent('rowact', { bubbles: true, detail: { act: target.dataset.act, id: target.id.slice(2) } }));
  document.addEventListener('click', event => {
    const pressed = event.target.closest?.('button[data-act]');
    if (pressed) act(pressed);
  });
  document.addEventListener('change', event => {
    if (event.target.matches?.('input[data-act]')) act(event.target);
  });
  window.Blazor?.registerCustomEventType('rowact', { createEventArgs: event => event.detail });

  // A click beside a dialog closes it. One that began inside does not: whoever marks a text may let go beside it.
  const beside = event => {
    const dialog = event.target;
    if (!(dialog instanceof HTMLDialogElement) || !dialog.matches(':modal:not(.banner)')) return null;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom ? dialog : null;
  };
  let pressed = null;
  document.addEventListener('pointerdown', event => { pressed = beside(event); });
  document.addEventListener('click', event => {
    if (pressed && beside(event) === pressed && mayClose(pressed)) pressed.close();
    pressed = null;
  });

  // What was typed in a panel is not lost by one key: closing it asks first.
  const before = new WeakMap();
  document.addEventListener('focusin', event => {
    const field = event.target;
    if (field.closest?.('.side-panel') && field.matches('input:not([type="checkbox"], [type="radio"], [type="file"], [type="search"], [readonly], [role="combobox"]), textarea') && !before.has(field)) before.set(field, field.value);
  });
  // What was sent is not lost unless it was refused, and a field that is emptied after it was sent waits for the next.
  const sent = new WeakMap();
  const isRefused = field => sent.has(field) && sent.get(field) !== field.value && field.form?.querySelector('[aria-invalid="true"], .note.bad, .error') != null;
  const isTyped = field => before.has(field) && ((before.get(field) !== field.value && !(sent.has(field) && field.value === '')) || isRefused(field));
  const mayClose = dialog => {
    const ask = dialog.querySelector(':scope > .unsaved');
    const typed = [...dialog.querySelectorAll('input, textarea')].find(field => isTyped(field));
    if (!ask || !typed) return true;
    ask.hidden = false;
    ask.querySelector('[data-unsaved="keep"]').focus();
    return false;
  };
  document.addEventListener('cancel', event => {
    if (event.target.matches?.('.side-panel') && !mayClose(event.target)) event.preventDefault();
  }, true);
  document.addEventListener('submit', event => {
    const dialog = event.target.method === 'dialog' ? event.target.closest('.side-panel') : null;
    if (dialog && !mayClose(dialog)) event.preventDefault();
    if (!dialog) for (const field of event.target.elements) if (before.has(field)) {
      if (!sent.has(field)) sent.set(field, before.get(field));
      before.set(field, field.value);
    }
  }, true);
  document.addEventListener('click', event => {
    const answer = event.target.closest?.('[data-unsaved]');
    if (!answer) return;
    const dialog = answer.closest('dialog');
    answer.parentElement.hidden = true;
    if (answer.dataset.unsaved === 'drop') dialog.close();
    else [...dialog.querySelectorAll('input, textarea')].find(field => isTyped(field))?.focus();
  });

  // The whole row opens what its name opens; a marked text, and whatever else is pressed in the row, stays itself.
  document.addEventListener('click', event => {
    const row = event.target.closest?.('.contacts tbody tr');
    const link = row?.querySelector('a.open');
    if (!link || event.defaultPrevented || event.target.closest('a, button, input, label, select') || String(getSelection())) return;
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }));
  });

  // Where a list stood, by its entry in the history: whoever comes back sees it there.
  const places = JSON.parse(sessionStorage.getItem('places') ?? '{}');
  const entry = () => `${history.state?._index ?? 0} ${location.pathname}${location.search}`;
  const stand = () => {
    places[entry()] = scrollY;
    sessionStorage.setItem('places', JSON.stringify(places));
  };
  // On the way back the page is short for a moment, and its scrolling then is nobody's.
  let wanted = places[entry()];
  addEventListener('popstate', () => { wanted = places[entry()]; });
  let settled = 0;
  document.addEventListener('scroll', () => {
    clearTimeout(settled);
    const at = entry();
    settled = setTimeout(() => at === entry() && stand(), 100);
  }, { passive: true });
  document.addEventListener('click', stand, true);

  // Keys for whoever has no hand free for the mouse: off while somebody writes, listed under ?.
  const step = by => {
    const links = [...document.querySelectorAll('.contacts tbody a.open, .day-list a.open')];
    const at = links.findIndex(link => link.closest('tr, li').contains(document.activeElement));
    const to = links[Math.min(links.length - 1, Math.max(0, at + by))];
    to?.focus();
    to?.scrollIntoView({ block: 'nearest' });
  };
  const keys = {
    '/': () => document.getElementById('q')?.focus(),
    '?': () => document.getElementById('keys-sheet')?.showModal(),
    j: () => step(1),
    k: () => step(-1),
    e: () => (document.getElementById('profile-edit') ?? document.activeElement?.closest('tr')?.querySelector('[data-act="edit"]') ?? document.getElementById('edit-booking'))?.click(),
    n: () => (document.getElementById('new-booking') ?? document.getElementById('import') ?? document.querySelector('[aria-keyshortcuts="N"]'))?.click(),
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keys[event.key]) return;
    if (event.target.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]') || (document.querySelector(':modal') && !(event.key === 'e' && document.getElementById('profile-edit')))) return;
    event.preventDefault();
    keys[event.key]();
  });

  // What became of the connection is seen over an open panel too. There, what is to be pressed must be modal as the panel is:
  // else the panel keeps it from being pressed.
  const raise = (banner, hasButton) => {
    const isModal = hasButton && document.querySelector(':modal') !== null;
    if (banner.open || (!isModal && banner.matches(':popover-open'))) return;
    if (banner.matches(':popover-open')) banner.hidePopover();
    if (isModal) banner.showModal();
    else banner.showPopover();
  };
  const lower = banner => {
    if (banner.matches(':popover-open')) banner.hidePopover();
    banner.close();
  };
  const [connection, failure] = ['components-reconnect-modal', 'blazor-error-ui'].map(id => document.getElementById(id));
  connection?.addEventListener('components-reconnect-state-changed', event => {
    if (event.detail.state === 'hide') lower(connection);
    else raise(connection, ['failed', 'rejected'].includes(event.detail.state));
  });
  for (const banner of [connection, failure]) banner?.addEventListener('cancel', event => event.preventDefault());
  // Blazor shows this one by its style, once, when nothing else answers any more.
  if (failure) new MutationObserver(() => raise(failure, true)).observe(failure, { attributeFilter: ['style'] });

  // A field with a list of what was found: the keyboard stays in the field, and the arrows go through the list.
  const found = event => {
    const box = event.target instanceof Element ? event.target.closest('[data-combobox] [role="combobox"]') : null;
    return box && { box, options: [...box.parentElement.querySelectorAll('[role="option"]')], dismiss: box.parentElement.querySelector('[data-dismiss]') };
  };
  document.addEventListener('keydown', event => {
    const { box, options, dismiss } = found(event) ?? {};
    if (!options?.length || event.isComposing) return;
    const at = options.findIndex(o => o.id === box.getAttribute('aria-activedescendant'));
    const to = event.key === 'ArrowDown' ? (at + 1) % options.length : event.key === 'ArrowUp' ? (at <= 0 ? options.length : at) - 1 : -1;
    if (to >= 0) {
      box.setAttribute('aria-activedescendant', options[to].id);
      options.forEach((o, i) => o.setAttribute('aria-selected', String(i === to)));
      options[to].scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && at >= 0) options[at].click();
    else if (event.key === 'Escape') dismiss?.click();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener('input', event => found(event)?.box.removeAttribute('aria-activedescendant'));
  document.addEventListener('focusout', event => {
    const { box, options, dismiss } = found(event) ?? {};
    if (options?.length) setTimeout(() => document.activeElement !== box && dismiss?.click(), 200);
  });

  // What had the keyboard last outside panels, by its id: its row may be drawn anew meanwhile.
  let last = '';
  document.addEventListener('focusin', event => {
    if (event.target.id && !event.target.closest('dialog')) last = event.target.id;
  });

  // Where something was pressed in a list: its row may go with what was done.
  let place = null;
  document.addEventListener('click', event => {
    const row = event.target.closest?.('li');
    if (row) place = { row, list: row.parentElement, at: [...row.parentElement.children].indexOf(row) };
  }, true);

  // The field at fault gets the keyboard; where none is, what says so.
  const firstError = within =>
    document.querySelector(`${within} [aria-invalid="true"]`) ?? document.querySelector(`${within} [role="alert"] button`);

  // What somebody presses says where they want the keyboard: nothing takes it from there.
  let pressedSoFar = 0;
  for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, event => { if (event.isTrusted) pressedSoFar++; }, true);
  const isWritten = element => element?.matches?.('input:not([type="checkbox"], [type="radio"]), textarea, select') ?? false;
  let pressedAtSend = 0;
  document.addEventListener('submit', () => { pressedAtSend = pressedSoFar; }, true);

  // The panel is drawn a moment after it was asked for: on a slow line, seconds. Once it is there, what else takes the keyboard meanwhile
  // lets go within one, unless somebody has moved it.
  const soon = (selector, keys = []) => {
    const before = pressedSoFar;
    const wait = left => {
      const found = document.querySelector(selector);
      if (!found) return left > 0 && setTimeout(() => wait(left - 1), 25);
      if (before === pressedSoFar || !isWritten(document.activeElement) || keys.length > 0) found.focus();
      playKeys(found.closest('dialog'), keys);
      hold(found, pressedSoFar, 40);
    };
    const hold = (found, since, left) => {
      if (left === 0 || since !== pressedSoFar || document.activeElement === found) return;
      const now = found.isConnected ? found : document.querySelector(selector);
      now?.focus();
      setTimeout(() => hold(now ?? found, since, left - 1), 25);
    };
    wait(400);
  };

  // What is pressed while a panel is still opening is meant for it: it is kept, and played once the panel is there.
  const opens = '.contacts a.open, [data-act="edit"], [data-act="delete"], [aria-haspopup="dialog"], #palette-open, #profile-edit, #edit-booking';
  const opensFor = 5000;
  let opening = null;
  addEventListener('click', event => {
    if (!event.isTrusted && opening) return;
    const opener = event.ctrlKey || event.metaKey || event.shiftKey ? null : event.target.closest?.(opens);
    opening = opener ? { keys: [], until: performance.now() + opensFor } : null;
  }, true);
  addEventListener('keydown', event => {
    if (!opening || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(event.key.length === 1 || ['Escape', 'Backspace'].includes(event.key))) return;
    if (performance.now() > opening.until || document.querySelector(':modal') || isWritten(event.target)) {
      opening = null;
      return;
    }
    opening.keys.push(event.key);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  const playKeys = (dialog, keys) => {
    for (const key of keys) {
      if (!dialog.open) return;
      if (key === 'Escape') {
        if (mayClose(dialog)) dialog.close();
      } else if (isWritten(document.activeElement)) {
        if (key === 'Backspace') document.execCommand('delete');
        else document.execCommand('insertText', false, key);
      }
    }
  };

  // Guests, bookings, pages and commands from anywhere.
  document.addEventListener('keydown', event => {
    const button = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k' && document.getElementById('palette-open');
    if (!button) return;
    event.preventDefault();
    const palette = document.querySelector('.palette');
    if (palette) palette.close();
    else button.click();
  });

  // How long ago something was is true on a page that stays open too. A moment of more than a month ago is a day, and stays.
  const units = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];
  setInterval(() => {
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'always' });
    for (const time of document.querySelectorAll('time[data-ago]')) {
      const away = Date.parse(time.dateTime) - Date.now();
      const [unit, size] = units.find(([, size]) => Math.abs(away) >= size) ?? [];
      if (!unit || !time.firstChild || Math.abs(away) > 30 * 86_400_000) continue;
      time.firstChild.data = words.format(Math.trunc(away / size), unit);
    }
  }, 30_000);

  // The last thing done is taken back, unless somebody is writing: there the browser takes back what was typed.
  document.addEventListener('keydown', event => {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const undo = [...document.querySelectorAll('.toast [data-undo]:enabled')].at(-1);
    if (!undo || event.target.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]')) return;
    event.preventDefault();
    undo.click();
  });

  // In the palette these choose among what is found, and do not move in the text.
  document.addEventListener('keydown', event => {
    if (event.target.id === 'palette-input' && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) event.preventDefault();
  }, true);

  window.bellhop = {
    hide: dialog => document.querySelector(dialog)?.close(),
    press: id => document.getElementById(id)?.click(),
    into: id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }),
    // A whole address stays. A path becomes an address, as this browser reaches Bellhop.
    address: path => new URL(path, location.origin).href,
    // Whether it could be copied: without https there is no clipboard, and it stands there to be copied by hand.
    copyText: async text => {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return false;
      }
    },
    // The address, copied where that is allowed.
    copy: async path => {
      const address = bellhop.address(path);
      await bellhop.copyText(address);
      return address;
    },
    // A panel is drawn: it opens, and what is named in it takes the keyboard.
    open: (dialog, first) => {
      if (!dialog?.isConnected || dialog.open) return;
      // The page below does not scroll meanwhile; where it has a scroll bar, that keeps its room, so that nothing moves.
      document.documentElement.classList.toggle('scrolls', innerWidth > document.documentElement.clientWidth);
      dialog.showModal();
      const keys = opening?.keys ?? [];
      opening = null;
      soon(first, keys);
    },
    // The list is drawn again as far as it was: it stands where it stood, and so does the keyboard.
    backTo: () => {
      if (wanted !== undefined) scrollTo(0, wanted);
      document.getElementById(last)?.focus({ preventScroll: true });
    },
    // What was pressed is gone: the keyboard stays in its row, or at the row that is in its place.
    stay: () => {
      const { row, list, at } = place ?? {};
      if (!row || ![null, document.body].includes(document.activeElement) && !row.contains(document.activeElement)) return;
      // Where it was pressed before the circuit was there, the circuit has drawn the row anew.
      const same = row.isConnected ? row : row.id && document.getElementById(row.id);
      const next = same || (list.isConnected ? list.children[Math.min(at, list.children.length - 1)] : null);
      (next?.querySelector('a, button, input') ?? document.getElementById('main'))?.focus();
    },
    // Something else in a page or panel takes the keyboard.
    focus: first => soon(first),
    // It has closed: the keyboard goes back.
    closed: () => (document.getElementById(last) ?? document.getElementById('main'))?.focus(),
    // What is at fault may be drawn a moment after the answer: look for it for a while.
    showError: within => {
      let left = 600;
      const look = () => {
        const at = firstError(within);
        // Whoever went on to write elsewhere since they sent the form keeps the keyboard there.
        if (pressedSoFar !== pressedAtSend && isWritten(document.activeElement)) return;
        if (at) at.focus();
        else if (left-- > 0) requestAnimationFrame(look);
      };
      setTimeout(look, 0);
    },
  };
})();
