import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Sandbox } from './hasim.js';

describe('hasim init', () => {
  const box = new Sandbox();
  after(() => box.remove());

  it('writes a scenario that is valid even when strict, and runs as it is', () => {
    expect(box.run(['init']).code).to.equal(0);
    const checked = box.run(['validate', 'scenario.yaml', '--strict']);
    expect(checked.code, checked.out).to.equal(0);
    const ran = box.run(['run', 'scenario.yaml']);
    expect(ran.code, ran.out + ran.err).to.equal(0);
  });

  it('points the editor to the schema, wherever the file stands', () => {
    mkdirSync(box.path('deep'));
    box.run(['init', 'deep/My Orders.yaml']);
    const content = readFileSync(box.path('deep', 'My Orders.yaml'), 'utf8');
    const reference = /^# yaml-language-server: \$schema=(.*)$/m.exec(content)![1];
    expect(existsSync(resolve(dirname(box.path('deep', 'x')), reference)), reference).to.equal(true);
    expect(content).to.include('name: my-orders');
  });
});
