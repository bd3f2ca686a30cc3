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

    if (target?.closest('[data-reload]')) {
      event.preventDefault();
      location.reload();
    }

    // A click elsewhere closes an open menu.
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      if (!menu.contains(target)) menu.open = false;
    }
  });

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });

  let opener = null;

  window.bellhop = {
    // The first field at fault, or the first of a panel.
    focus: selector => {
      const found = document.querySelector(selector);
      found?.focus();
      found?.scrollIntoView({ block: 'nearest' });
    },
    // Remembers what opened a panel, by what is said of it: the row may be drawn anew meanwhile.
    opened: () => { opener = document.activeElement?.id || null; },
    closed: () => {
      const back = opener && document.getElementById(opener);
      opener = null;
      (back || document.querySelector('main'))?.focus();
    },
    value: (selector, text) => {
      const input = document.querySelector(selector);
      if (input && input !== document.activeElement) input.value = text;
    },
    ready: () => { document.documentElement.dataset.ready = ''; },
  };
})();
