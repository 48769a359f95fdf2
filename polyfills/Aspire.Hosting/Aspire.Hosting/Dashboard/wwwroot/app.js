// Shows that a command comes from this page; a new run of the application host has a new one.
let token = '';
const maxLines = 5000;
const silenceBeforeLost = 12_000;

const byId = (id) => document.getElementById(id);
const element = (name, properties = {}, ...children) => {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
};

/* Connection */

let lastHeard = 0;

const setConnection = (state) => {
  const text = { connecting: 'Connecting', connected: 'Connected', lost: 'Disconnected – trying again' }[state];
  if (byId('connection').dataset.state !== state) {
    byId('connection').dataset.state = state;
    byId('connection-text').textContent = text;
    document.body.dataset.connection = state;
  }
};

const heard = () => {
  lastHeard = Date.now();
  setConnection('connected');
};

const openStream = (path, handlers, onLost) => {
  let source;
  let timer;
  let closed = false;
  const connect = () => {
    source = new EventSource(path);
    for (const [name, handler] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
    }
    source.onerror = () => {
      // The browser gives up on some errors; a new attempt of our own never does.
      source.close();
      if (!closed) {
        onLost();
        timer = setTimeout(connect, 1000);
      }
    };
  };
  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      source.close();
    },
    reconnect() {
      source.close();
      clearTimeout(timer);
      connect();
    },
  };
};

/* Resources */

const tones = {
  Running: 'good', Finished: 'good', Active: 'good',
  Starting: 'warn busy', Waiting: 'warn busy', Stopping: 'warn busy',
  FailedToStart: 'bad', RuntimeUnhealthy: 'bad', Exited: '', NotStarted: '',
};
const stateTexts = { FailedToStart: 'Failed to start', RuntimeUnhealthy: 'Runtime unhealthy', NotStarted: 'Not started' };
const healthTones = { Healthy: 'good', Degraded: 'warn', Unhealthy: 'bad' };

const rows = new Map();
const pending = new Set();
let resources = [];
let selected = null;

const since = (iso) => {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min ago` : `${Math.floor(hours / 24)} days ago`;
};

const stateCell = (resource) => {
  const bad = resource.style === 'error' || (resource.state === 'Running' && resource.health === 'Unhealthy');
  const restarting = resource.state === 'Starting' && resource.style === 'warning';
  const tone = bad ? (resource.state === 'Running' ? 'warn' : 'bad') : (tones[resource.state] ?? '');
  const text = restarting ? 'Restarting' : stateTexts[resource.state] ?? resource.state ?? 'Unknown';
  return element('span', { className: `state ${tone}` }, element('span', { className: 'dot', ariaHidden: 'true' }), text);
};

const urlItem = (url) => {
  const parsed = URL.parse(url.url);
  const text = url.text || (url.name && parsed ? `${url.name} :${parsed.port || 80}` : url.url);
  const safe = parsed && (parsed.protocol === 'http:' || parsed.protocol === 'https:');
  return element('li', {}, url.inactive || !safe
    ? element('span', { className: 'inactive', title: url.url }, text)
    : element('a', { href: url.url, target: '_blank', rel: 'noopener', title: url.url }, text));
};

const cell = (label, content, className = '') => {
  const created = element('td', { className }, content ?? element('span', { className: 'none' }, '–'));
  created.dataset.label = label;
  return created;
};

const buildRow = (resource) => {
  const open = element('button', { type: 'button', title: `Show the logs of ${resource.id}` }, resource.id);
  open.dataset.focus = 'open';
  open.addEventListener('click', () => openLogs(resource.id));

  let started = null;
  if (resource.started) {
    started = element('time', { dateTime: resource.started, title: new Date(resource.started).toLocaleString() }, since(resource.started));
  }

  const actions = element('div', { className: 'actions' });
  for (const command of resource.commands) {
    const button = element('button', {
      type: 'button',
      disabled: !command.enabled || pending.has(resource.id),
      title: command.description ?? command.text,
      ariaLabel: `${command.text} ${resource.id}`,
      ariaBusy: String(pending.has(resource.id)),
    }, command.text);
    button.dataset.focus = command.name;
    button.addEventListener('click', () => execute(resource, command));
    actions.append(button);
  }
  const logsButton = element('button', { type: 'button', ariaLabel: `Logs of ${resource.id}` }, 'Logs');
  logsButton.dataset.focus = 'logs';
  logsButton.addEventListener('click', () => openLogs(resource.id));
  actions.append(logsButton);

  const row = element('tr', {},
    cell('Name', element('div', { className: 'name' }, open, element('small', {}, resource.type)), 'name-cell'),
    cell('State', stateCell(resource)),
    cell('Health', resource.health && element('span', { className: `health ${healthTones[resource.health] ?? ''}`, title: resource.healthDetail ?? '' }, resource.health)),
    cell('Started', started),
    cell('Endpoints', resource.urls.length > 0 ? element('ul', { className: 'urls' }, ...resource.urls.map(urlItem)) : null),
    cell('Restarts', String(resource.restarts), 'number'),
    cell('Exit code', resource.exitCode === null ? null : String(resource.exitCode), 'number'),
    cell('', actions, 'actions-cell'));
  row.dataset.id = resource.id;
  row.setAttribute('aria-current', String(resource.id === selected));
  return row;
};

const render = () => {
  const focused = document.activeElement?.dataset?.focus;
  const focusedRow = document.activeElement?.closest?.('tr')?.dataset.id;
  const body = byId('rows');
  const seen = new Set();
  for (const resource of resources) {
    seen.add(resource.id);
    const key = JSON.stringify([resource, pending.has(resource.id), resource.id === selected]);
    const known = rows.get(resource.id);
    if (known?.key === key) continue;
    const row = buildRow(resource);
    if (known) {
      known.row.replaceWith(row);
    } else {
      const next = [...body.children].find((other) => other.dataset.id > resource.id);
      body.insertBefore(row, next ?? null);
    }
    rows.set(resource.id, { row, key });
    if (focusedRow === resource.id) {
      // A rebuilt row must not take the keyboard's place away.
      const again = [...row.querySelectorAll('button')].find((button) => button.dataset.focus === focused && !button.disabled);
      (again ?? row.querySelector('button')).focus();
    }
  }
  for (const [id, known] of rows) {
    if (!seen.has(id)) {
      known.row.remove();
      rows.delete(id);
    }
  }
  byId('empty').hidden = resources.length > 0;
  byId('empty').textContent = 'The application has no resources.';
  const running = resources.filter((resource) => resource.state === 'Running').length;
  const troubled = resources.filter((resource) => resource.style === 'error' || resource.health === 'Unhealthy').length;
  byId('summary').textContent = resources.length === 0 ? ''
    : `${running} of ${resources.length} running${troubled > 0 ? `, ${troubled} in trouble` : ''}`;
};

const execute = async (resource, command) => {
  if (command.confirmation && !confirm(command.confirmation)) return;
  pending.add(resource.id);
  render();
  try {
    const response = await fetch(
      `/api/resources/${encodeURIComponent(resource.id)}/commands/${encodeURIComponent(command.name)}`,
      { method: 'POST', headers: { 'X-Dashboard-Token': token } });
    if (!response.ok) {
      const text = await response.text();
      let message = text;
      try {
        message = JSON.parse(text).message;
      } catch {
        // Not JSON: a refusal says its reason as plain text.
      }
      showMessage(`${command.text} ${resource.id}: ${message || `status ${response.status}`}`);
    }
  } catch {
    showMessage(`${command.text} ${resource.id}: the application host does not answer.`);
  } finally {
    pending.delete(resource.id);
    render();
  }
};

const showMessage = (text) => {
  const close = element('button', { type: 'button', ariaLabel: 'Dismiss' }, '×');
  const message = element('div', { className: 'message' }, element('span', {}, text), close);
  close.addEventListener('click', () => message.remove());
  byId('messages').append(message);
  setTimeout(() => message.remove(), 15_000);
};

/* Logs */

const linesBox = byId('lines');
let logStream = null;
let freshConnection = true;
// Terminal colours and other control sequences.
const controlSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*(?:\u0007|\u001b\\))/g;

const matches = (line) => {
  const filter = byId('logs-filter').value.toLowerCase();
  return (!byId('logs-errors').checked || line.classList.contains('error'))
    && (filter === '' || line.lastChild.textContent.toLowerCase().includes(filter));
};

const appendLines = (lines) => {
  const fragment = document.createDocumentFragment();
  for (const { time, text, error } of lines) {
    const moment = new Date(time);
    const line = element('div', { className: error ? 'line error' : 'line' },
      element('time', { dateTime: time, title: moment.toLocaleString() }, `${moment.toTimeString().slice(0, 8)}.${String(moment.getMilliseconds()).padStart(3, '0')}`),
      element('span', {}, text.replace(controlSequence, '')));
    line.hidden = !matches(line);
    fragment.append(line);
  }
  linesBox.append(fragment);
  while (linesBox.childElementCount > maxLines) {
    linesBox.firstElementChild.remove();
  }
  updateLogStatus();
  if (byId('logs-follow').checked) {
    linesBox.scrollTop = linesBox.scrollHeight;
  }
};

const updateLogStatus = (extra) => {
  const count = linesBox.childElementCount;
  const shown = linesBox.querySelectorAll('.line:not([hidden])').length;
  byId('logs-status').textContent = [
    count === 0 ? '' : shown === count ? `${count} lines` : `${shown} of ${count} lines`,
    extra,
  ].filter(Boolean).join(' · ');
};

const openLogs = (id) => {
  logStream?.close();
  selected = id;
  freshConnection = true;
  linesBox.replaceChildren();
  byId('logs').hidden = false;
  byId('logs-title').textContent = `Logs of ${id}`;
  updateLogStatus();
  logStream = openStream(`/api/resources/${encodeURIComponent(id)}/logs`, {
    lines: (lines) => {
      // Each connection begins with all lines that are kept.
      if (freshConnection) linesBox.replaceChildren();
      freshConnection = false;
      appendLines(lines);
    },
    end: () => {
      logStream?.close();
      updateLogStatus('the log has ended');
    },
  }, () => {
    freshConnection = true;
    updateLogStatus('disconnected');
  });
  render();
  byId('logs-title').focus({ preventScroll: true });
  byId('logs').scrollIntoView({ block: 'nearest' });
};

const closeLogs = () => {
  logStream?.close();
  logStream = null;
  const id = selected;
  selected = null;
  byId('logs').hidden = true;
  render();
  rows.get(id)?.row.querySelector('button')?.focus();
};

const refilter = () => {
  for (const line of linesBox.children) {
    line.hidden = !matches(line);
  }
  updateLogStatus();
};

byId('logs-filter').addEventListener('input', refilter);
byId('logs-errors').addEventListener('change', refilter);
byId('logs-wrap').addEventListener('change', (event) => linesBox.classList.toggle('wrap', event.target.checked));
byId('logs-follow').addEventListener('change', (event) => {
  if (event.target.checked) linesBox.scrollTop = linesBox.scrollHeight;
});
byId('logs-clear').addEventListener('click', () => {
  linesBox.replaceChildren();
  updateLogStatus();
});
byId('logs-close').addEventListener('click', closeLogs);
linesBox.addEventListener('wheel', (event) => {
  if (event.deltaY < 0) byId('logs-follow').checked = false;
}, { passive: true });
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && selected !== null) closeLogs();
});

/* Start */

const resourceStream = openStream('/api/resources', {
  resources: (state) => {
    heard();
    resources = state.resources;
    token = state.token;
    byId('application').textContent = state.application;
    document.title = `${state.application} – dashboard`;
    render();
  },
  heartbeat: heard,
}, () => setConnection('lost'));

setInterval(() => {
  for (const time of document.querySelectorAll('#rows time')) {
    time.textContent = since(time.dateTime);
  }
  if (lastHeard > 0 && Date.now() - lastHeard > silenceBeforeLost) {
    setConnection('lost');
    lastHeard = Date.now();
    resourceStream.reconnect();
  }
}, 1000);
