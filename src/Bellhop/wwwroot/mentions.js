// In a note, an @ offers the names of colleagues: the arrows choose, Enter or Tab takes one, Esc closes.
(() => {
  'use strict';

  let list = null;
  let field = null;
  let from = -1;

  const close = () => {
    list?.remove();
    field?.removeAttribute('aria-activedescendant');
    field?.removeAttribute('aria-controls');
    list = field = null;
  };

  const take = name => {
    const [into, start] = [field, from];
    const end = into.selectionStart;
    close();
    into.setRangeText(`@${name} `, start, end, 'end');
    into.dispatchEvent(new Event('input', { bubbles: true }));
    into.focus();
  };

  const mark = to => {
    const options = [...list.children];
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === to)));
    field.setAttribute('aria-activedescendant', options[to].id);
    options[to].scrollIntoView({ block: 'nearest' });
  };

  const offer = box => {
    close();
    const before = box.value.slice(0, box.selectionStart);
    const at = before.lastIndexOf('@');
    const typed = before.slice(at + 1).toLocaleLowerCase();
    // Inside a word an @ belongs to an e-mail address.
    if (at < 0 || typed.length > 60 || typed.includes('\n') || (at > 0 && /[\p{L}\p{N}]/u.test(before[at - 1]))) return;
    const names = JSON.parse(box.dataset.names).filter(name => name.toLocaleLowerCase().startsWith(typed)).slice(0, 8);
    if (names.length === 0) return;
    [field, from] = [box, at];
    list = document.createElement('ul');
    list.className = 'mentions';
    list.id = 'mentions';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', '@');
    names.forEach((name, i) => {
      const option = document.createElement('li');
      option.id = `mention-${i}`;
      option.setAttribute('role', 'option');
      option.dir = 'auto';
      option.textContent = name;
      option.addEventListener('pointerdown', pressed => {
        pressed.preventDefault();
        take(name);
      });
      list.append(option);
    });
    box.after(list);
    box.setAttribute('aria-controls', 'mentions');
    mark(0);
  };

  document.addEventListener('input', event => {
    if (event.target.matches?.('textarea[data-names]')) offer(event.target);
  });

  // The names may come when an @ is typed already.
  new MutationObserver(([{ target }]) => {
    if (target === document.activeElement && target.matches('textarea[data-names]')) offer(target);
  }).observe(document, { subtree: true, attributeFilter: ['data-names'] });

  document.addEventListener('keydown', event => {
    if (!list || event.target !== field || event.isComposing) return;
    const options = [...list.children];
    const at = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown') mark((at + 1) % options.length);
    else if (event.key === 'ArrowUp') mark((at + options.length - 1) % options.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(options[at].textContent);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener('focusout', event => {
    if (event.target === field) close();
  });
})();
