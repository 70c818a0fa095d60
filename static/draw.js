// Tells how far a draw is while it runs, and shows the page anew when something else is to be told.
const part = document.querySelector('[data-draw]');

async function look() {
  const answer = await fetch(part.dataset.draw, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) return;
  const { state, progress } = await answer.json();
  if (state !== part.dataset.state && !(state === 'drawing' && part.dataset.state === 'closed')) return location.reload();
  const percent = Math.floor(progress * 100);
  const bar = part.querySelector('progress');
  if (bar.value === percent) return;
  bar.value = percent;
  part.querySelector('[role=status]').textContent = part.dataset.said.replace('{percent}', String(percent));
}

if (part) setInterval(look, 2000);
