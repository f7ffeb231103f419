// The simulated network as its control API shows it.
export class CheckFailed extends Error {}

export function check(what, actual, expected) {
  const fits = typeof expected === 'function' ? expected(actual) :
      JSON.stringify(actual) === JSON.stringify(expected);
  if (!fits) throw new CheckFailed(`${what} is ${JSON.stringify(actual)?.slice(0, 400)}` +
      (typeof expected === 'function' ? '' : ` instead of ${JSON.stringify(expected)}`));
}

// Polls until `find` gives something true.
export async function waitFor(what, find, within = 40_000) {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > deadline) throw new CheckFailed(`${what} did not come within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export class Simulator {
  constructor(url) {
    this.url = url;
  }
  async request(method, path, body) {
    const answer = await fetch(this.url + path, {
      method, body: body && JSON.stringify(body),
      headers: body ? {'Content-Type': 'application/json'} : {},
    });
    const text = await answer.text();
    if (!answer.ok) throw new CheckFailed(`${method} ${path} is answered ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }
  get(path) { return this.request('GET', path); }
  post(path, body = {}) { return this.request('POST', path, body); }
  put(path, body) { return this.request('PUT', path, body); }
  patch(path, body) { return this.request('PATCH', path, body); }
  remove(path) { return this.request('DELETE', path); }

  async person(number, name) {
    await this.post('/people', {number: '+' + number, name});
    return new Person(this, number, name);
  }
  wire() { return this.get('/wire'); }
  // Runs `during` while the rule stands.
  async withFault(rule, during) {
    const {id} = await this.post('/wire/faults', rule);
    try {
      return await during();
    } finally {
      const {faults} = await this.get('/wire/faults');
      if (faults.some((fault) => fault.id === id)) await this.remove('/wire/faults/' + id);
    }
  }
}

export class Person {
  constructor(simulator, number, name) {
    this.simulator = simulator;
    this.number = number;
    this.name = name;
    this.jid = number + '@s.whatsapp.net';
    this.path = '/people/+' + number;
  }
  scan(qr) { return this.simulator.post(this.path + '/scan', {qr}); }
  enterCode(code) { return this.simulator.post(this.path + '/enter-code', {code}); }
  async devices() { return (await this.simulator.get(this.path + '/devices')).devices; }
  write(to, text, more = {}) {
    return this.simulator.post(this.path + '/send', {to: '+' + to.number, text, ...more});
  }
  do(what, body) { return this.simulator.post(`${this.path}/${what}`, body); }
  async inbox(after = 0) {
    return (await this.simulator.get(`${this.path}/inbox?limit=1000&after=${after}`)).messages;
  }
  // As the person's phone does it.
  change(what) { return this.simulator.patch(this.path, what); }
  knows(other) {
    return this.simulator.put(`${this.path}/contacts/+${other.number}`, {name: other.name});
  }
  async outbox() { return (await this.simulator.get(this.path + '/outbox')).messages; }
  async arrived(text) {
    return waitFor(`"${text}" at ${this.name}'s phone`,
        async () => (await this.inbox()).find((row) => row.text === text));
  }
}
