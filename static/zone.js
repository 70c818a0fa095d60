// Tells times on the reader's own clock too, when that differs. Without script the times of the edition stand, with their zone.
const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
const clock = (zone) => new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
const here = clock(timeZone);

for (const part of document.querySelectorAll('[data-zone]')) {
  const there = clock(part.dataset.zone);
  for (const time of part.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    const [mine, theirs] = [here.format(at), there.format(at)];
    if (mine === theirs) continue;
    const day = mine.slice(0, 10) === theirs.slice(0, 10) ? {} : { weekday: 'short' };
    const language = document.documentElement.lang || locale;
    const read = at.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hour12: false, ...day });
    // As the page itself writes the time: 14.00 in Dutch.
    const told = language === 'nl' ? read.replace(':', '.') : read;
    const note = document.createElement('span');
    note.className = 'here';
    note.textContent = part.dataset.here.replace('{time}', told);
    time.after(note);
  }
}
