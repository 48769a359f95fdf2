// A client made with @grpc/grpc-js: runs every scenario against a server and prints "NAME ok" or "NAME FAIL why".
'use strict';
const path = require('path');
const [address, protoFile, protosRoot, modules] = process.argv.slice(2);
const { createRequire } = require('module');
const from = createRequire(path.join(modules, 'package.json'));
const grpc = from('@grpc/grpc-js');
const loader = from('@grpc/proto-loader');
const options = { keepCase: true, longs: String, enums: String, defaults: true };
const load = (file, root) => grpc.loadPackageDefinition(loader.loadSync(file, { ...options, includeDirs: [root] }));
const creds = grpc.credentials.createInsecure();
const Peer = load(protoFile, path.dirname(protoFile)).dqn.test.peer.Peer;
const client = new Peer(address, creds);

const assert = (condition, what) => { if (!condition) throw new Error(what); };
const soon = () => ({ deadline: Date.now() + 20000 });
const unary = (method, request, metadata = new grpc.Metadata(), more = {}) => new Promise((resolve, reject) => {
  let trailers;
  const call = client[method](request, metadata, { ...soon(), ...more }, (error, value) => error ? reject(error) : setImmediate(() => resolve({ value, trailers })));
  call.on('status', s => { trailers = s.metadata; });
});
const readAll = stream => new Promise((resolve, reject) => {
  const all = [];
  stream.on('data', m => all.push(m));
  stream.on('error', reject);
  stream.on('end', () => resolve(all));
});
const failing = async promise => {
  try { await promise; } catch (error) { return error; }
  throw new Error('the call did not fail');
};

const scenarios = {
  async unary() {
    const { value } = await unary('Echo', { text: 'grüß', count: 7, data: Buffer.from([0, 255]) });
    assert(value.text === 'grüß' && value.count === 7 && value.data.equals(Buffer.from([0, 255])), JSON.stringify(value));
  },
  async metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-word', 'hello');
    metadata.set('x-raw-bin', Buffer.from([0, 1, 2, 255]));
    const { trailers } = await unary('Echo', {}, metadata);
    assert(trailers.get('x-word')[0] === 'hello', 'x-word');
    assert(trailers.get('x-raw-bin')[0].equals(Buffer.from([0, 1, 2, 255])), 'x-raw-bin');
  },
  async server_stream() {
    const all = await readAll(client.Count({ text: 'n', count: 100 }, soon()));
    assert(all.length === 100 && all[99].count === 99, String(all.length));
  },
  async client_stream() {
    const value = await new Promise((resolve, reject) => {
      const call = client.Join(new grpc.Metadata(), soon(), (error, v) => error ? reject(error) : resolve(v));
      for (let i = 0; i < 50; i++) call.write({ text: String(i) });
      call.end();
    });
    assert(value.count === 50 && value.text.endsWith('48,49'), JSON.stringify(value));
  },
  async bidirectional() {
    const call = client.Chat(soon());
    const all = readAll(call);
    for (let i = 0; i < 50; i++) call.write({ count: i });
    call.end();
    assert((await all).length === 50, 'count');
  },
  async every_status() {
    for (let code = 1; code <= 16; code++) {
      const error = await failing(unary('Fail', { count: code, text: `ändere ${code}%\n` }));
      assert(error.code === code, `${error.code} for ${code}`);
      assert(error.details === `ändere ${code}%\n`, error.details);
      assert(error.metadata.get('x-reason')[0] === 'because', 'x-reason');
      assert(error.metadata.get('x-raw-bin')[0].equals(Buffer.from([0, 1, 2, 255])), 'x-raw-bin');
    }
  },
  async deadline() {
    const error = await failing(readAll(client.Hang({}, { deadline: Date.now() + 200 })));
    assert(error.code === grpc.status.DEADLINE_EXCEEDED, String(error.code));
  },
  async cancel() {
    const before = (await unary('Seen', { count: 0 })).value.count;
    const call = client.Hang({}, soon());
    const ended = failing(readAll(call));
    await new Promise(resolve => call.once('data', resolve));
    call.cancel();
    assert((await ended).code === grpc.status.CANCELLED, 'status');
    assert((await unary('Seen', { count: before + 1 })).value.count > before, 'the server did not notice');
  },
  async oversized() {
    const error = await failing(unary('Echo', { data: Buffer.alloc(5 << 20) }));
    assert(error.code === grpc.status.RESOURCE_EXHAUSTED, String(error.code));
    const { value } = await unary('Echo', { text: 'still there' });
    assert(value.text === 'still there', 'next call');
  },
  async gzip() {
    const zipped = new Peer(address, creds, { 'grpc.default_compression_algorithm': 2 });
    const data = Buffer.alloc(100000, 'abc');
    const value = await new Promise((resolve, reject) => zipped.Echo({ data }, soon(), (error, v) => error ? reject(error) : resolve(v)));
    assert(value.data.equals(data), 'data');
    zipped.close();
  },
  async thousand_calls() {
    const calls = Array.from({ length: 1000 }, (_, i) => unary('Echo', { count: i }));
    const values = await Promise.all(calls);
    assert(values.every((v, i) => v.value.count === i), 'values');
  },
  async unimplemented() {
    const call = new Promise((resolve, reject) => client.makeUnaryRequest('/dqn.test.peer.Peer/Nothing', () => Buffer.alloc(0), b => b, {}, soon(), e => e ? reject(e) : resolve()));
    assert((await failing(call)).code === grpc.status.UNIMPLEMENTED, 'status');
  },
  async health() {
    const root = path.join(protosRoot, 'Grpc.HealthCheck', 'Protos');
    const Health = load('grpc/health/v1/health.proto', root).grpc.health.v1.Health;
    const health = new Health(address, creds);
    // The checks run for each call: there is a status before anything is published.
    const watch = health.Watch({}, soon());
    const ended = failing(readAll(watch));
    await new Promise(resolve => watch.on('data', m => { if (m.status === 'SERVING') resolve(); }));
    watch.cancel();
    await ended;
    const check = service => new Promise((resolve, reject) => health.Check({ service }, soon(), (e, v) => e ? reject(e) : resolve(v)));
    assert((await check('')).status === 'SERVING', 'status');
    assert((await failing(check('nobody'))).code === grpc.status.NOT_FOUND, 'unknown');
    health.close();
  },
  async reflection_v1() { await reflect('v1'); },
  async reflection_v1alpha() { await reflect('v1alpha'); },
};

async function reflect(version) {
  const root = path.join(protosRoot, 'Grpc.Reflection', 'Protos');
  const Reflection = load(`grpc/reflection/${version}/reflection.proto`, root).grpc.reflection[version].ServerReflection;
  const reflection = new Reflection(address, creds);
  const call = reflection.ServerReflectionInfo(soon());
  const all = readAll(call);
  call.write({ list_services: '' });
  call.write({ file_containing_symbol: 'dqn.test.peer.Peer.Echo' });
  call.write({ file_by_filename: 'peer.proto' });
  call.write({ file_containing_symbol: 'no.such.Thing' });
  call.end();
  const [services, file, byName, missing] = await all;
  const names = services.list_services_response.service.map(s => s.name);
  assert(names.includes('dqn.test.peer.Peer') && names.includes('grpc.health.v1.Health'), names.join());
  const text = file.file_descriptor_response.file_descriptor_proto[0].toString('latin1');
  assert(text.includes('dqn.test.peer'), 'file');
  assert(byName.file_descriptor_response.file_descriptor_proto.length === 1, 'by name');
  assert(missing.error_response.error_code === grpc.status.NOT_FOUND, 'missing');
  reflection.close();
}

(async () => {
  for (const [name, run] of Object.entries(scenarios)) {
    try {
      await run();
      console.log(`${name} ok`);
    } catch (error) {
      console.log(`${name} FAIL ${String(error.message).replace(/\s+/g, ' ')}`);
    }
  }
  client.close();
})();
