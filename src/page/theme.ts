/** Lets the reader choose a theme, and remembers the choice. Without a choice the page is as the machine is. */

const KEY = 'fixby-theme';

/** A browser that keeps nothing for a file from disk is no error: then every page begins anew. */
export function startTheme(): void {
  const choice = document.querySelector<HTMLElement>('#theme');
  if (choice === null) return;
  choice.hidden = false;
  const kept = recall();
  for (const radio of choice.querySelectorAll('input')) {
    if (radio.value === kept) {
      radio.checked = true;
      show(kept);
    }
    radio.addEventListener('change', () => {
      show(radio.value);
      keep(radio.value);
    });
  }
}

function show(theme: string): void {
  document.documentElement.dataset['theme'] = theme;
}

function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing to do: the page shows the theme all the same.
  }
}
