const refreshMs = 3000;
const logCharactersKept = 2_000_000;
const loginHint =
  'You are not logged in. Open the address that the start of the server printed; it works once, and a restart with ' +
  '"danube serve --print-address" prints a new one.';

const byId = (id) => document.getElementById(id);
const jobLink = (job) => element('a', { href: `#job=${job.id}` }, `${job.pipeline} #${job.number}`);
const jobStatus = (job) => element('span', { className: job.status, title: job.reason ?? '' }, job.status);

let source;
let shownLists = '';
let charactersShown = 0;

// what servers and repositories say becomes text, never markup
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function logIn() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  history.replaceState(null, '', location.pathname);
  const headers = { 'content-type': 'application/json' };
  await fetch('auth/one-time', { method: 'POST', headers, body: JSON.stringify({ token }) });
}

async function read(address) {
  const answer = await fetch(address);
  if (answer.status === 401) throw new Error(loginHint);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error.message);
  return body.items;
}

async function refresh() {
  let message = '';
  try {
    const lists = await Promise.all([read('api/v1/pipelines?limit=200'), read('api/v1/jobs?limit=20')]);
    if (JSON.stringify(lists) !== shownLists) showLists(...lists);
    shownLists = JSON.stringify(lists);
  } catch (error) {
    message = error instanceof TypeError ? 'The server cannot be reached; trying again.' : error.message;
  }
  if (byId('message').textContent !== message) byId('message').textContent = message;
}

function showLists(pipelines, jobs) {
  const focused = document.activeElement?.getAttribute('href');
  const table = document.activeElement?.closest('tbody')?.id;
  fill('pipelines', pipelines, ({ name, last_job: last }) => [
    element('span', {}, name),
    last ? jobLink(last) : 'none yet',
    last ? jobStatus(last) : '',
  ]);
  fill('jobs', jobs, (job) => [
    jobLink(job),
    jobStatus(job),
    `${job.source.branch} ${job.source.commit.slice(0, 8)}`,
    element('time', { dateTime: job.created_at }, new Date(job.created_at).toLocaleString()),
  ]);
  if (table) document.querySelector(`#${table} a[href="${focused}"]`)?.focus();
}

function fill(id, items, cells) {
  const row = (item) => element('tr', {}, ...cells(item).map((content) => element('td', {}, content)));
  byId(id).replaceChildren(...items.map(row));
}

function showJob() {
  const id = new URLSearchParams(location.hash.slice(1)).get('job');
  source?.close();
  byId('job').hidden = id === null;
  if (id === null) return;
  const address = `api/v1/jobs/${encodeURIComponent(id)}`;
  const name = [...document.querySelectorAll('a')].find((link) => link.hash === location.hash)?.textContent;
  byId('job-name').textContent = name ?? `Job ${id}`;
  byId('job-status').textContent = '';
  byId('whole-log').href = `${address}/logs`;
  byId('log').replaceChildren();
  charactersShown = 0;
  byId('job-name').focus();
  followLog(`${address}/logs/stream`);
}

/** A broken connection is resumed by the browser, at the id of the last event. */
function followLog(address) {
  source = new EventSource(address);
  const showStatus = ({ data }) => {
    const { status, reason } = JSON.parse(data);
    byId('job-status').replaceChildren(element('strong', { className: status }, status), reason ? `: ${reason}` : '');
  };
  source.addEventListener('status', showStatus);
  source.addEventListener('log', ({ data }) => addToLog(JSON.parse(data).text));
  source.addEventListener('skipped', ({ data }) => addToLog(`… ${JSON.parse(data).bytes} bytes left out …\n`));
  source.addEventListener('end', (event) => {
    showStatus(event);
    event.target.close();
  });
  source.addEventListener('error', ({ target }) => {
    if (target.readyState === EventSource.CLOSED) byId('job-status').textContent = 'This log cannot be shown.';
  });
}

function addToLog(text) {
  const log = byId('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
  log.append(text);
  charactersShown += text.length;
  while (charactersShown > logCharactersKept && log.firstChild !== log.lastChild) {
    charactersShown -= log.firstChild.length;
    log.firstChild.remove();
  }
  if (atEnd) log.scrollTop = log.scrollHeight;
}

await logIn();
await refresh();
addEventListener('hashchange', showJob);
showJob();
setInterval(() => document.hidden || void refresh(), refreshMs);
