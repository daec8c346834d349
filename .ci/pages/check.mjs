// Opens pages in headless Chromium and looks at their layout, at the width of a phone and of a
// desk, in light and dark: nothing wider than the window, every formula drawn, no message of an
// error, and what a keyboard and a screen reader need.
//
// usage: node check.mjs PAGE.html…
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const pages = process.argv.slice(2);
if (pages.length === 0) {
  console.error('usage: node check.mjs PAGE.html…');
  process.exit(64);
}

const views = [
  { width: 360, height: 740, scheme: 'light' },
  { width: 360, height: 740, scheme: 'dark' },
  { width: 1200, height: 900, scheme: 'light' },
];

/** Chromium behind its debugging pipe: messages are JSON, each ended by a zero byte. */
class Browser {
  constructor() {
    this.profile = mkdtempSync(join(tmpdir(), 'pages-'));
    this.process = spawn(
      process.env.CHROMIUM ?? 'chromium',
      [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
        '--remote-debugging-pipe', `--user-data-dir=${this.profile}`,
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.next = 1;
    this.waiting = new Map();
    this.listeners = [];
    this.rest = '';
    this.process.on('error', (error) => fail(`chromium does not start: ${error.message}`));
    this.process.stdio[4].setEncoding('utf8').on('data', (text) => this.receive(text));
  }

  receive(text) {
    const parts = (this.rest + text).split('\0');
    this.rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      if (message.id) {
        const { accept, refuse } = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (message.error) refuse(new Error(message.error.message)); else accept(message.result);
      } else {
        for (const listener of this.listeners) listener(message);
      }
    }
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.next++;
    this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    return new Promise((accept, refuse) => this.waiting.set(id, { accept, refuse }));
  }

  once(method, sessionId) {
    return new Promise((accept) => {
      const listener = (message) => {
        if (message.method !== method || message.sessionId !== sessionId) return;
        this.listeners.splice(this.listeners.indexOf(listener), 1);
        accept(message.params);
      };
      this.listeners.push(listener);
    });
  }

  async close() {
    const gone = new Promise((accept) => this.process.once('exit', accept));
    this.process.kill('SIGKILL');
    await gone;
    try {
      rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    } catch {
      // A helper process of the browser may write for a moment longer.
    }
  }
}

/** Runs inside the page and returns what is wrong with it. */
function inspect(width, scheme) {
  const faults = [];
  const root = document.documentElement;
  if (window.innerWidth !== width) faults.push('the page does not take the width of the device');
  if (root.scrollWidth > window.innerWidth) {
    faults.push(`the page is ${root.scrollWidth} px wide in a window of ${window.innerWidth}`);
  }
  const scrolls = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (/auto|scroll|hidden/.test(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.right > window.innerWidth + 1 && !scrolls(element)) {
      faults.push(`<${element.localName}> ends at ${Math.round(box.right)} px: ` +
        (element.textContent ?? '').slice(0, 60));
      break;
    }
  }
  const isShown = (element) => element.closest('details:not([open])') === null;
  const formulas = [...document.querySelectorAll('math')].filter(isShown);
  for (const formula of formulas) {
    const box = formula.getBoundingClientRect();
    if (!(formula instanceof MathMLElement) || box.width === 0 || box.height === 0) {
      faults.push(`a formula is not drawn: ${formula.textContent.slice(0, 60)}`);
      break;
    }
  }
  const colour = (text) => text.match(/[\d.]+/g).slice(0, 3).map(Number);
  const light = ([red, green, blue]) => {
    const linear = (part) => (part / 255 <= 0.03928 ? part / 255 / 12.92
      : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const style = getComputedStyle(document.body);
  const ink = light(colour(style.color)), paper = light(colour(style.backgroundColor));
  const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  if (contrast < 7) faults.push(`text and paper have a contrast of only ${contrast.toFixed(1)}`);
  if ((paper > 0.5) !== (scheme === 'light')) faults.push(`the paper does not follow '${scheme}'`);
  if (!root.lang) faults.push('the language of the page is not said');
  if (!document.title.trim()) faults.push('the page has no title');
  if (!document.querySelector('main')) faults.push('there is no main part');
  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) faults.push(`after a heading ${level} comes a heading ${own}`);
    level = own;
  }
  for (const picture of document.querySelectorAll('svg')) {
    const isNamed = picture.getAttribute('aria-hidden') === 'true' ||
      picture.querySelector('title') || picture.getAttribute('aria-label');
    if (!isNamed) faults.push('a picture has no name for a screen reader');
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) {
      faults.push(`${link.hash} leads nowhere`);
    }
  }
  const names = [...document.querySelectorAll('[id]')].map((element) => element.id);
  if (new Set(names).size < names.length) faults.push('an id stands twice');
  if (document.scripts.length > 0) faults.push('the page has a script');
  return { faults, formulas: formulas.length };
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const browser = new Browser();
setTimeout(() => { browser.close(); fail('the browser took longer than 300 s'); }, 300_000).unref();
let failures = 0;
const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
for (const domain of ['Page', 'Runtime', 'Log']) {
  await browser.send(`${domain}.enable`, {}, sessionId);
}
let messages = [];
browser.listeners.push(({ method, params }) => {
  if (method === 'Runtime.exceptionThrown') messages.push(params.exceptionDetails.text);
  if (method === 'Log.entryAdded' && params.entry.level === 'error') {
    messages.push(params.entry.text);
  }
});
for (const page of pages) {
  let formulas = 0;
  for (const { width, height, scheme } of views) {
    messages = [];
    await browser.send('Emulation.setDeviceMetricsOverride',
      { width, height, deviceScaleFactor: 1, mobile: width < 600 }, sessionId);
    await browser.send('Emulation.setEmulatedMedia',
      { features: [{ name: 'prefers-color-scheme', value: scheme }] }, sessionId);
    const loaded = browser.once('Page.loadEventFired', sessionId);
    await browser.send('Page.navigate', { url: pathToFileURL(resolve(page)).href }, sessionId);
    await loaded;
    const { result, exceptionDetails } = await browser.send('Runtime.evaluate',
      { expression: `(${inspect})(${width}, ${JSON.stringify(scheme)})`, returnByValue: true }, sessionId);
    if (exceptionDetails) messages.push(exceptionDetails.exception.description);
    const found = result.value ?? { faults: [], formulas: 0 };
    formulas = Math.max(formulas, found.formulas);
    for (const fault of [...found.faults, ...messages]) {
      failures += 1;
      console.error(`${page} (${width} px, ${scheme}): ${fault}`);
    }
  }
  console.log(`${page}: ${formulas} formulas drawn`);
}
await browser.close();
process.exit(failures > 0 ? 1 : 0);
