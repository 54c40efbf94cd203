// Runs before the first paint, so that nothing jumps: the reader's theme and type size, and that scripts work.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    for (const key of ["theme", "size"]) {
      const value = localStorage.getItem(`kaishu-${key}`);
      if (value) root.dataset[key] = value;
    }
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
})();
