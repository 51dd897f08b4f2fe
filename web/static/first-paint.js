// Runs before the first paint, so that nobody sees the wrong theme or direction flash. The keys are those of preferences.svelte.ts.
(function () {
  var root = document.documentElement;
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('cube.preferences') || '{}') || {};
  } catch {
    saved = {};
  }
  var dark = saved.theme === 'dark' || (saved.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  var arabic = saved.locale ? saved.locale === 'ar' : /^ar\b/.test(navigator.language);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.lang = arabic ? 'ar' : 'en';
  root.dir = arabic ? 'rtl' : 'ltr';
  if (saved.density === 'compact') root.dataset.density = 'compact';
})();
