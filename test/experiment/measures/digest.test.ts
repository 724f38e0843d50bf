import { expect } from 'chai';
import { DigestMeasure } from '../../../src/experiment/measures/digest.js';
import { ENTRY_FIELDS, ENTRY_NAMES } from '../../../src/experiment/measures/entries.js';
import type { EntryName, Field } from '../../../src/experiment/measures/entries.js';
import { digestOf, StreamHash } from '../../../src/experiment/measures/hash.js';
import { firstDifference, record } from '../../../src/experiment/measures/recorder.js';
import type { LedgerReader } from '../../../src/model/index.js';
import { S, Script, World } from '../kit.js';

type Call = (time: number, ...values: readonly unknown[]) => void;

/** Two of everything, so that every argument can be one or the other. */
function world(): World {
  const world = new World();
  for (const name of ['a', 'b']) {
    world.flow(`flow-${name}`, { legs: ['one', 'two'] });
    world.component({ name });
    world.operations.push({ id: `op-${name}`, targetText: '' });
  }
  const [first, second] = [world.fault('first', 0), world.fault('second', 0)];
  world.causes(first);
  world.path([second]);
  return world;
}
const VALUES: Readonly<Record<Field, readonly [unknown, unknown]>> = {
  number: [1, 2.5], text: ['lost', 'delivered'], flag: [true, false], flow: [0, 1], member: [0, 1], component: [0, 1], function: [0, 1],
  occurrence: [0, 1], operation: [0, 1], causes: [0, 1], path: [0, 1],
};

function digest(map: World, entries: readonly (readonly [EntryName, number, ...unknown[]])[]): string {
  const measure = new DigestMeasure(map);
  const reader = measure as LedgerReader as Record<string, Call | undefined>;
  for (const [name, time, ...values] of entries) reader[name]?.(time, ...values);
  return measure.digest;
}

describe('experiment/measures/digest', () => {
  for (const name of ENTRY_NAMES.filter((each) => each !== 'step' && each !== 'gauge')) {
    it(`sees every argument of ${name}, and its time`, () => {
      const map = world();
      const first = ENTRY_FIELDS[name].map((field) => VALUES[field][0]);
      const seen = new Set([digest(map, []), digest(map, [[name, S, ...first]]), digest(map, [[name, 2 * S, ...first]])]);
      ENTRY_FIELDS[name].forEach((field, i) => seen.add(digest(map, [[name, S, ...first.with(i, VALUES[field][1])]])));
      expect(seen.size).to.equal(3 + ENTRY_FIELDS[name].length);
    });
  }

  it('does not see steps: tracing changes nothing', () => {
    expect(digest(world(), [['step', S, 0, 'put', 0, 0, 0, '']])).to.equal(digest(world(), []));
  });

  it('does not see readings of gauges: asking for one changes nothing', () => {
    expect(digest(world(), [['gauge', S, 0, 'locked', 1]])).to.equal(digest(world(), []));
  });

  it('tells numbers of messages apart beyond 32 bits', () => {
    const seen = [5, 5 + 2 ** 31, 5 + 2 ** 32, 5 + 2 ** 33, 2 ** 52 + 5].map((n) => digest(world(), [['sent', S, 0, n]]));
    expect(new Set(seen).size).to.equal(seen.length);
  });

  it('sees at which of two instants an entry comes, though each instant is taken in once', () => {
    const times = [[1, 1], [1, 2], [2, 2]].map(([first, second]) => digest(world(), [['sent', first * S, 0, 1], ['received', second * S, 0, 1]]));
    expect(new Set(times).size).to.equal(3);
  });

  it('does not take in the end of the only leg of a message: it is the end of the message', () => {
    const map = new World();
    map.flow('orders');
    expect(digest(map, [['legClosed', S, 0, 0, 1, 0, 'delivered', 0, false]])).to.equal(digest(map, []));
    expect(digest(map, [['closed', S, 0, 1, 0, 'delivered', 0, false]])).to.not.equal(digest(map, []));
  });

  it('sees the order of entries', () => {
    const [a, b] = [['noticed', S, 0], ['noticed', S, 1]] as const;
    expect(digest(world(), [a, b])).to.not.equal(digest(world(), [b, a]));
  });

  it('is of names: the numbering of components, causes and paths does not matter', () => {
    const reversed = new World();
    for (const name of ['b', 'a']) {
      reversed.flow(`flow-${name}`);
      reversed.component({ name });
    }
    const [second, first] = [reversed.fault('second', 0), reversed.fault('first', 0)];
    reversed.path([first]);
    const path = reversed.path([second]);
    const causes = reversed.causes(first);
    const left = digest(world(), [['functionChanged', S, 0, false, 1], ['effect', S, 1, 0, 3, 0, 2, 1], ['busy', S, 0, 1, 2]]);
    expect(digest(reversed, [['functionChanged', S, 1, false, causes], ['effect', S, 0, 0, 3, 0, 2, path], ['busy', S, 1, 1, 2]])).to.equal(left);
  });
});

describe('experiment/measures/hash', () => {
  const hex = (fill: (hash: StreamHash) => void): string => {
    const hash = new StreamHash();
    fill(hash);
    return hash.hex;
  };

  it('is fixed: these values may only change with a note that all digests did', () => {
    expect(digestOf([])).to.match(/^[0-9a-f]{16}$/);
    expect(hex((hash) => hash.text('hasim'))).to.equal('bfe14b81ca1271fc');
  });

  it('tells numbers apart that are near, large, negative or not finite', () => {
    const numbers = [0, 1, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 52, 2 ** 52 + 1, 0.1, 0.1 + Number.EPSILON / 16, Infinity, -Infinity];
    expect(new Set(numbers.map((number) => hex((hash) => hash.number(number)))).size).to.equal(numbers.length);
  });

  it('sees zeros at the end, wherever a block ends', () => {
    for (const count of [0, 1, 2, 509, 510, 511, 512, 513, 1022, 1023, 1024]) {
      const ones = (zeros: number): string => hex((hash) => {
        for (let i = 0; i < count + zeros; i++) hash.number(i < count ? 1 : 0);
      });
      expect(new Set([0, 1, 2, 3].map(ones)).size, String(count)).to.equal(4);
    }
  });

  it('is the same however the numbers come', () => {
    const one = hex((hash) => { for (let i = 0; i < 3000; i++) hash.number(i); });
    expect(hex((hash) => {
      const halves = new DataView(new ArrayBuffer(8));
      for (let i = 0; i < 3000; i++) {
        halves.setFloat64(0, i);
        hash.word(halves.getInt32(4));
        hash.word(halves.getInt32(0));
      }
    })).to.equal(one);
    const words = hex((hash) => { for (let i = 0; i < 3000; i++) hash.word(i); });
    for (const count of [2, 3, 5, 6]) {
      expect(hex((hash) => {
        for (let i = 0; i < 3000; i += count) {
          const at = hash.reserve(count);
          for (let k = 0; k < count; k++) hash.words[at + k] = i + k;
        }
      })).to.equal(words);
    }
    expect(hex((hash) => {
      for (let i = 0; i < 3000; i++) {
        hash.number(i);
        if (i % 7 === 0) expect(hash.hex).to.have.length(16);
      }
    })).to.equal(one);
  });

  it('has no collisions among many short streams, in either half', () => {
    const digests = Array.from({ length: 20_000 }, (_, i) => hex((hash) => {
      hash.number(i % 100);
      hash.number(Math.floor(i / 100));
    }));
    expect(new Set(digests).size).to.equal(digests.length);
    // 20000 of 2^32: 0.05 collisions expected in a half.
    expect(new Set(digests.map((digest) => digest.slice(0, 8))).size).to.be.greaterThan(digests.length - 4);
    expect(new Set(digests.map((digest) => digest.slice(8))).size).to.be.greaterThan(digests.length - 4);
  });
});

describe('experiment/measures/recorder: first difference', () => {
  const play = (deliveredAt: number, count = 2): ReturnType<typeof record> => {
    const map = world();
    const recording = record(map);
    const script = new Script(map, 10 * S);
    for (let n = 0; n < count; n += 1) script.message({ n, offered: n * S, delivered: deliveredAt + n * S });
    script.play(recording.reader);
    return recording;
  };

  it('is none between a run and itself', () => {
    expect(firstDifference(play(5 * S), play(5 * S))).to.equal(null);
  });

  it('is the first entry that differs, in words', () => {
    expect(firstDifference(play(5 * S), play(6 * S))).to.deep.equal({
      index: 2, left: '5000000 effect flow-a 0 0 0 1 -', right: '6000000 effect flow-a 0 0 0 1 -',
    });
  });

  it('is where one run has ended', () => {
    const [short, long] = [record(world()), record(world())];
    long.reader.noticed!(S, 1);
    expect(firstDifference(short, long)).to.deep.equal({ index: 0, left: null, right: '1000000 noticed second#1' });
  });

  it('keeps at most as many entries as it is told', () => {
    const recording = record(world(), 1);
    recording.reader.noticed!(S, 0);
    recording.reader.noticed!(S, 1);
    expect(recording.lines).to.deep.equal(['1000000 noticed first#1']);
  });
});
